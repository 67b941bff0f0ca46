//! What a query reads: the key, and the condition on it.

use crate::{
    key::{KeyError, KeyErrorKind, SortCondition},
    native::NativeKey,
    schema::KeyPattern,
};

/// A partition and a condition on its sort key, by texts that the library writes or by attributes of the items.
pub(crate) enum Target<'q> {
    Composed { key: &'static KeyPattern, partition: &'q str, condition: SortCondition },
    Native(&'q NativeKey),
}

impl Target<'_> {
    /// Nothing can match: the error for who asks to send it all the same.
    pub(crate) fn nothing(&self) -> Option<KeyError> {
        match self {
            Self::Composed { key, condition: SortCondition::Nothing, .. } => {
                key.sort.map(|sort| sort.error(None, KeyErrorKind::EmptyRange))
            }
            Self::Composed { .. } => None,
            Self::Native(key) => key.nothing(),
        }
    }
}
