//! One function a rule; what passes them all is a model.

mod attribute;
mod collection;
mod entity;
mod field;
mod key_part;
mod native;
mod table;
mod template;
mod tie;
mod unique;

pub(crate) use attribute::attribute;
pub(crate) use collection::collection;
pub(crate) use entity::entity;
pub(crate) use key_part::key_part;
pub(crate) use table::{TYPE_ATTRIBUTE, table};
