//! A bound that generated code can state without knowing whether it holds.

use super::{KeyPart, OrderedKeyPart};

/// A part whose texts sort as those of `Inner` do, which is ordered.
///
/// The lifetime lets a derive put the bound on a concrete type: one without parameters that does not hold would be an
/// error where it stands.
#[doc(hidden)]
pub trait OrderedLike<'a, Inner>: KeyPart {}

#[diagnostic::do_not_recommend]
impl<T: KeyPart, Inner: OrderedKeyPart> OrderedLike<'_, Inner> for T {}
