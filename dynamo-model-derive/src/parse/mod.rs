//! Attributes to raw syntax: what the user wrote, each piece with its span.

mod collection;
mod entity;
mod index_projection;
mod meta;
mod native;
mod placement;
mod projection;
mod serde;
mod table;
mod template;
mod unique;

pub(crate) use collection::{RawCollection, collection};
pub(crate) use entity::{RawEntity, RawField, RawIndex, entity};
pub(crate) use index_projection::RawProjection;
pub(crate) use meta::crate_of;
pub(crate) use native::{RawNames, RawNative};
pub(crate) use placement::{Placement, placement};
pub(crate) use projection::{RawProjection as RawProjectionStruct, projection};
pub(crate) use serde::{SerdeContainer, SerdeField, SerdeVariant, SerializeWith};
pub(crate) use table::{RawTable, RawTableIndex, table};
pub(crate) use template::{Period, Piece, RawTemplate, Spec};
pub(crate) use unique::RawUnique;
