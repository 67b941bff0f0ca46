//! What `#[derive(Projection)]` implements.

use crate::{
    expr::{FieldReader, Selection, Unread},
    op::{Global, Included, KeysOnly, Local},
};

/// A struct of some of an entity's fields, which a read asks for in place of the whole item.
///
/// Implemented by `#[derive(Projection)]`; `select::<TaskCard>()` on a read gives it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no projection of `{E}`; write `#[derive(Projection)] #[projection(of = {E})]` on the struct",
    label = "no projection of `{E}`"
)]
pub trait Projection<E>: Sized + Send + 'static {
    /// What asks for its fields: in a signature, so that a type that is no projection is one error.
    #[doc(hidden)]
    type Fields: Selection<E, Output = Self> + Default;

    #[doc(hidden)]
    fn __read(fields: &mut FieldReader<'_>) -> Result<Self, Unread>;
}

/// A projection that an index carries whole: the entity's access pattern at position `AT` queries it.
///
/// Implemented by `#[projection(from(..))]`, which is refused where the index lacks a field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no projection of `{E}` for this index, which does not carry whole items; name the access pattern \
               in `#[projection(of = {E}, from(..))]` on it, or use `.hydrate()` for the items themselves",
    label = "needs `from(..)` with the access pattern of this index"
)]
pub trait Carried<E, const AT: usize>: Projection<E> {}

/// A projection that can be read where `S` says.
#[doc(hidden)]
pub trait ReadFrom<E, S>: Projection<E> {
    /// What asks for its fields.
    type Asked: Selection<E, Output = Self> + Default;
}

impl<E, P: Projection<E>> ReadFrom<E, Local> for P {
    type Asked = P::Fields;
}

impl<E, P: Projection<E>> ReadFrom<E, Global> for P {
    type Asked = P::Fields;
}

impl<E, P: Carried<E, AT>, S, const AT: usize> ReadFrom<E, KeysOnly<S, AT>> for P {
    type Asked = P::Fields;
}

impl<E, P: Carried<E, AT>, S, const AT: usize> ReadFrom<E, Included<S, AT>> for P {
    type Asked = P::Fields;
}
