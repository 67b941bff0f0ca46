//! Attributes to raw syntax: what the user wrote, each piece with its span.

mod collection;
mod entity;
mod meta;
mod native;
mod placement;
mod serde;
mod table;
mod template;
mod unique;

pub(crate) use collection::{RawCollection, collection};
pub(crate) use entity::{RawEntity, RawField, RawIndex, entity};
pub(crate) use meta::crate_of;
pub(crate) use native::{RawNames, RawNative};
pub(crate) use placement::{Placement, placement};
pub(crate) use serde::{SerdeContainer, SerdeField, SerdeVariant, SerializeWith};
pub(crate) use table::{RawTable, table};
pub(crate) use template::{Piece, RawTemplate, Spec};
pub(crate) use unique::RawUnique;
