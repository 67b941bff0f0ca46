//! One function a rule; what passes them all is a model.

mod attribute;
mod collection;
mod entity;
mod field;
mod index_projection;
mod key_part;
mod native;
mod projection;
mod spread;
mod table;
mod template;
mod tie;
mod unique;

pub(crate) use attribute::attribute;
pub(crate) use collection::collection;
pub(crate) use entity::entity;
pub(crate) use index_projection::own_attributes;
pub(crate) use key_part::key_part;
pub(crate) use projection::projection;
pub(crate) use table::{TYPE_ATTRIBUTE, table};
