//! A bound that generated code can state without knowing whether it holds.

use super::OrderedKeyPart;

/// [`OrderedKeyPart`] with a lifetime, so that a derive can put it on a concrete type: a bound without parameters that
/// does not hold would be an error where it stands.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no order in a key, so no range over it is offered",
    label = "give one value here, not a range",
    note = "numbers, strings, timestamps and time-ordered ids are ordered; enums and `bool` sort by their text"
)]
pub trait OrderedFor<'a> {}

impl<T: OrderedKeyPart> OrderedFor<'_> for T {}
