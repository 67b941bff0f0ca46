//! A field: where it is stored, how serde writes it, and whether it can be set.

use syn::{ExprPath, Ident, Type, Visibility};

use super::argument_of;

/// A field that the library maintains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Version,
    CreatedAt,
    UpdatedAt,
    Ttl,
}

/// A field of a checked struct.
pub(crate) struct Field<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) vis: &'a Visibility,
    pub(crate) attribute: String,
    pub(crate) role: Option<Role>,
    /// Whether the item has an attribute of its own for the field.
    pub(crate) stored: bool,
    /// Whether an item without the attribute can be read.
    pub(crate) may_lack: bool,
    pub(crate) form: Form,
    pub(crate) missing: Missing,
    /// The function of the user's that reads it.
    pub(crate) deserialize: Option<ExprPath>,
    /// Whether serde reads no such attribute, and takes the default always.
    pub(crate) is_not_read: bool,
}

/// What serde takes for an attribute that is not there.
pub(crate) enum Missing {
    /// What its type makes of nothing: `None`, or an error.
    Nothing,
    /// `Default` of its type.
    Default,
    /// What this function gives.
    By(ExprPath),
    /// That field of the struct's default, which this function gives, or `Default`.
    OfStruct(Option<ExprPath>),
}

/// How serde writes a field.
pub(crate) enum Form {
    /// As its type says.
    Plain,
    /// As its type says, unless this function holds.
    Skipping(ExprPath),
    /// By a function of the user's, unless another one holds; for a set, by one of `serde_dynamo`'s.
    Converted { function: ExprPath, skip_if: Option<ExprPath>, is_set: bool },
}

/// Whether and how a field can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setter {
    Free,
    Optional,
    Key,
    Maintained,
    Tied,
}

/// What becomes of an index's key with every update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Touch {
    /// Nothing: no field of it changes by itself.
    None,
    /// It is made anew from the time of the update.
    Follows,
    /// It cannot be made, for the update does not know all of its values.
    Unknown,
}

impl Field<'_> {
    /// Whether the library gives the field a new value whenever the item is written.
    pub(crate) fn changes_with_every_write(&self) -> bool {
        matches!(self.role, Some(Role::Version | Role::UpdatedAt))
    }

    /// Whether the field is an `Option`, judged by its tokens as serde does.
    pub(crate) fn is_optional(&self) -> bool {
        argument_of(self.ty, "Option").is_some()
    }

    /// Whether a function of the user's writes it, so that its type does not tell its attribute's type.
    pub(crate) fn is_converted(&self) -> bool {
        matches!(self.form, Form::Converted { .. })
    }
}
