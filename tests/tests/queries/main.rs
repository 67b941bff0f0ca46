//! Queries on the engine that the environment names: rules 2, 4 and 6 as properties.
//!
//! `DYNAMO_MODEL_CASES` asks for more cases than the 500 that are always run.

mod ask;
#[path = "../common/cases.rs"]
mod cases;
mod check;
mod cursors;
mod draft;
mod model;
mod pages;
mod scans;
mod spread;
#[path = "../common/text.rs"]
mod text;
mod world;
