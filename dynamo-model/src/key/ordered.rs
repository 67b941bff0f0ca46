//! The order of newtypes.

use super::{KeyPart, OrderedKeyPart, PeriodKeyPart};

/// A newtype with `#[derive(KeyPart)]`.
#[doc(hidden)]
pub trait Newtype {
    /// The part inside, whose text it has.
    type Inner;
}

/// A newtype sorts as what is inside. Said here for all of them: a derive cannot say it of one concrete type, for which
/// a bound that does not hold would be an error where it stands.
#[diagnostic::do_not_recommend]
impl<T: KeyPart + Newtype<Inner: OrderedKeyPart>> OrderedKeyPart for T {}

/// A newtype lies in the periods that what is inside lies in.
#[diagnostic::do_not_recommend]
impl<T: KeyPart + Newtype<Inner: PeriodKeyPart>> PeriodKeyPart for T {}
