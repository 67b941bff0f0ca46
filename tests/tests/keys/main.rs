//! Keys without an engine: rule 1, and the key conditions that rule 2 rests on.

mod bounds;
#[path = "../common/cases.rs"]
mod cases;
mod condition;
mod hostile;
mod indexes;
mod limits;
mod model;
mod order;
mod parse;
mod population;
mod spread;
#[path = "../common/text.rs"]
mod text;
