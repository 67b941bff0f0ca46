//! The elements of lists and sets.

use serde::Deserializer;
use serde::de::{DeserializeSeed, SeqAccess};

use super::error::DecodeError;

/// The elements that are still to be read, each as the deserializer for it.
pub(super) struct Elements<I> {
    rest: I,
    len: usize,
}

impl<I: ExactSizeIterator> Elements<I> {
    pub(super) fn new(elements: I) -> Self {
        Self { len: elements.len(), rest: elements }
    }
}

impl<'de, I> SeqAccess<'de> for Elements<I>
where
    I: ExactSizeIterator,
    I::Item: Deserializer<'de, Error = DecodeError>,
{
    type Error = DecodeError;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, DecodeError> {
        match self.rest.next() {
            Some(element) => match seed.deserialize(element) {
                Ok(value) => Ok(Some(value)),
                Err(error) => Err(error.within(self.len - self.rest.len() - 1)),
            },
            None => Ok(None),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}
