//! Fields that keys follow.

use proc_macro2::Span;
use syn::Ident;

use super::Part;

/// A unique constraint.
pub(crate) struct Unique {
    pub(crate) parts: Vec<Part>,
    /// Where each of the fields is named.
    pub(crate) spans: Vec<Span>,
    /// The fields, joined by `_and_`.
    pub(crate) name: Ident,
}

/// Fields outside the primary key that are set together, since one key or one unique constraint is made of them.
pub(crate) struct Group {
    /// What its change is called behind the entity's name: `ByStatusChange`.
    pub(crate) name: String,
    /// The fields' positions in the struct, in order.
    pub(crate) fields: Vec<usize>,
    /// The positions of the indexes that follow them, in order.
    pub(crate) indexes: Vec<usize>,
    /// The positions of the unique constraints that follow them, in order.
    pub(crate) uniques: Vec<usize>,
}
