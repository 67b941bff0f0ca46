//! Collections on the engine that the environment names: what they give is what a filter over all items gives.
//!
//! `DYNAMO_MODEL_CASES` asks for more cases than are always run.

#[path = "../common/cases.rs"]
mod cases;
mod cursors;
mod draft;
mod errors;
mod explain;
mod large;
mod model;
mod pages;
mod whole;
mod world;
