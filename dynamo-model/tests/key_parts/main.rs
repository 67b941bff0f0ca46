//! What every key part promises, as properties: different values have different texts, texts sort as values, and a text
//! reads back exactly or not at all. And the types that stamp an item's life.

mod ids;
mod integer;
mod laws;
mod lifecycle;
mod text;
mod time;
mod timestamp;
