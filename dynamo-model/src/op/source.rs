//! What the place that a query reads carries of an item.

use std::marker::PhantomData;

use super::{ConsistentSource, Global, Local};

/// Where a query reads: an index that carries keys only, by the entity's access pattern at position `AT`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeysOnly<S, const AT: usize>(PhantomData<fn() -> S>);

/// Where a query reads: an index that carries keys and some attributes, by the entity's access pattern at position `AT`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Included<S, const AT: usize>(PhantomData<fn() -> S>);

/// A place that carries whole items.
#[diagnostic::on_unimplemented(
    message = "this index does not carry whole items; write `.hydrate()` before it for the items themselves, \
               `.select::<P>()` for a projection of what it carries, or `.keys()`",
    label = "reads what the index does not carry"
)]
pub trait WholeSource: FilterSource + Send + Sync + 'static {}

/// A place that carries attributes by which items can be left out.
#[diagnostic::on_unimplemented(
    message = "this index carries keys only, so nothing of it can be filtered; add what is filtered to the index with \
               `include(\"..\")`, or leave items out in Rust, after `.hydrate()`",
    label = "filters by what the index does not carry"
)]
pub trait FilterSource {}

impl WholeSource for Local {}
impl WholeSource for Global {}
impl FilterSource for Local {}
impl FilterSource for Global {}
impl<S, const AT: usize> FilterSource for Included<S, AT> {}
#[diagnostic::do_not_recommend]
impl<S: ConsistentSource, const AT: usize> ConsistentSource for KeysOnly<S, AT> {}
#[diagnostic::do_not_recommend]
impl<S: ConsistentSource, const AT: usize> ConsistentSource for Included<S, AT> {}

/// What an index carries, by the number that [`resolve::carries`](crate::schema::resolve::carries) gives.
#[doc(hidden)]
#[derive(Debug)]
pub enum Carries<const WHAT: u8> {}

/// The place that the entity's access pattern at position `AT` reads, on an index of the kind `S`.
#[doc(hidden)]
pub trait ReadAt<S, const AT: usize> {
    type Source: Send + Sync + 'static;
}

impl<S: Send + Sync + 'static, const AT: usize> ReadAt<S, AT> for Carries<0> {
    type Source = S;
}

impl<S: 'static, const AT: usize> ReadAt<S, AT> for Carries<1> {
    type Source = KeysOnly<S, AT>;
}

impl<S: 'static, const AT: usize> ReadAt<S, AT> for Carries<2> {
    type Source = Included<S, AT>;
}
