//! Projections, partial indexes and hydration on the engine that the environment names: what a read gives is the field
//! subset of the items that it should find, page by page.

#[path = "../common/cases.rs"]
mod cases;
mod count;
mod draft;
mod gives;
mod keyed;
mod model;
mod requests;
mod shapes;
mod subset;
mod table;
mod world;
