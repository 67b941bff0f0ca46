//! Rules between a table and its entities, checked while the user's crate compiles.
//!
//! The derives call these in constants of their own, each at the span of the user's token that breaks the rule;
//! `#[track_caller]` makes the compiler point there. Each panics with a whole sentence, which names the user's things
//! and ends with the way out. Nothing else is evaluated from such a constant, so that one mistake is one error.

mod collection;
mod field;
mod index;
mod native;
mod projection;
mod table;
mod template;
mod unique;

pub use collection::member;
pub use field::field;
pub(crate) use field::stores_keys;
pub use index::{alone, index, one_text, partition_key, sort_key};
pub use native::{collection_index, native_count, native_field, native_index, native_kind, native_used};
pub use projection::{carried, enough, from, included, whole};
pub use table::{entity, variant};
pub use template::{TemplateOf, template};
pub use unique::unique_field;
