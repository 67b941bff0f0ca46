//! Projections of every kind, and what they are of an item.

use std::collections::BTreeSet;

use dynamo_model::prelude::*;

use crate::model::{Book, Crate};

/// A projection as the field subset of an item.
pub(crate) trait Subset<E>: Sized {
    fn of(entity: &E) -> Self;
}

macro_rules! subset {
    ($projection:ident of $entity:ident: $($field:ident $(= $($path:ident).+)?),+) => {
        impl Subset<$entity> for $projection {
            fn of(entity: &$entity) -> Self {
                Self { $($field: subset!(entity $field $(= $($path).+)?)),+ }
            }
        }
    };
    ($value:ident $field:ident) => { $value.$field.clone() };
    ($value:ident $field:ident = $($path:ident).+) => { $value.$($path).+.clone() };
}

/// What the index `SOME` carries.
#[derive(Debug, Clone, PartialEq, Projection)]
#[projection(of = Book, from(in_brief))]
pub(crate) struct Card {
    number: u16,
    title: String,
    points: u32,
    tags: BTreeSet<String>,
    price: u64,
}

subset!(Card of Book: number, title, points, tags, price);

/// What two indexes carry, under other names.
#[derive(Debug, Clone, PartialEq, Projection)]
#[projection(of = Book, from(in_brief, near))]
pub(crate) struct Heading {
    #[projection(field = title)]
    text: String,
    points: u32,
    /// Every index carries it, but `keys_only`.
    until: Option<EpochSeconds>,
}

subset!(Heading of Book: text = title, points, until);

/// Values inside an attribute, and the attribute too.
#[derive(Debug, Clone, PartialEq, Projection)]
#[projection(of = Book)]
pub(crate) struct Place {
    #[projection(field = home.city)]
    city: String,
    #[projection(field = home.floor)]
    floor: Option<u8>,
    #[projection(field = home.rooms)]
    rooms: BTreeSet<String>,
    #[projection(field = home.city)]
    again: String,
}

subset!(Place of Book: city = home.city, floor = home.floor, rooms = home.rooms, again = home.city);

/// More fields than a tuple may have, keys and what the library maintains among them.
#[derive(Debug, Clone, PartialEq, Projection)]
#[projection(of = Book)]
pub(crate) struct Whole {
    shelf: String,
    number: u16,
    group: Option<String>,
    rank: i8,
    title: String,
    author: Option<String>,
    points: u32,
    tags: BTreeSet<String>,
    notes: Vec<String>,
    price: u64,
    home: crate::model::Home,
    r#type: bool,
    #[projection(field = r#type)]
    kind: bool,
    written_only: u8,
    version: Version,
    created: Timestamp,
    updated: Timestamp,
    until: Option<EpochSeconds>,
}

subset!(
    Whole of Book:
    shelf, number, group, rank, title, author, points, tags, notes, price, home, r#type, kind = r#type, written_only,
    version, created, updated, until
);

/// Of an entity whose struct has a default.
#[derive(Debug, Clone, PartialEq, Projection)]
#[projection(of = Crate, from(in_brief))]
pub(crate) struct Load {
    points: u32,
    number: u16,
}

subset!(Load of Crate: points, number);

/// Of no index that does not carry all.
#[derive(Debug, Clone, PartialEq, Projection)]
#[projection(of = Crate)]
pub(crate) struct Label {
    label: Option<String>,
}

subset!(Label of Crate: label);
