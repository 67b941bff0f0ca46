//! Native indexes on the engine that the environment names.
//!
//! `DYNAMO_MODEL_CASES` asks for more cases than the 300 that are always run.

mod ask;
#[path = "../common/cases.rs"]
mod cases;
mod cursors;
mod limits;
mod model;
mod pages;
mod stored;
mod table;
#[path = "../common/text.rs"]
mod text;
mod world;
mod writes;
