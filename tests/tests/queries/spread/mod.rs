//! Queries of items that are spread over shards, periods or both, as properties.

mod ask;
mod cursors;
mod draft;
mod fan_out;
mod large;
mod model;
mod pages;
mod world;
