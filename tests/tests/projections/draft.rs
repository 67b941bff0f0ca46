//! Random items, often next to one another.

use dynamo_model::{EpochSeconds, Timestamp, Version};
use proptest::{
    collection::{btree_set, vec},
    option,
    prelude::*,
};

use crate::model::{Book, Crate, Home, Lid};

/// The time at which all reads run, in seconds: to come, as DynamoDB Local deletes what has expired by its own clock.
pub(crate) const NOW: u64 = 4_102_444_800;

#[derive(Debug, Clone)]
pub(crate) enum Draft {
    Book(Box<Book>),
    /// With an expiry that others gave it.
    Crate(Crate, Option<u64>),
    Lid(Lid),
}

pub(crate) fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    let draft = prop_oneof![
        4 => book().prop_map(|book| Draft::Book(Box::new(book))),
        3 => (carton(), prop_oneof![3 => Just(None), 1 => expiry()]).prop_map(|(item, expires)| Draft::Crate(item, expires)),
        2 => place().prop_map(|(shelf, number, group, rank)| Draft::Lid(Lid { shelf, number, group, rank })),
    ];
    vec(draft, 1..14)
}

fn expiry() -> impl Strategy<Value = Option<u64>> {
    option::of(prop_oneof![Just(1), NOW - 1..=NOW + 1, Just(NOW + 10_000)])
}

fn place() -> impl Strategy<Value = (String, u16, Option<String>, i8)> {
    let name = || prop_oneof![4 => Just("x".to_owned()), 1 => Just("x#".to_owned())];
    (name(), 0..7_u16, option::weighted(0.9, name()), -1..2_i8)
}

fn book() -> impl Strategy<Value = Book> {
    let words = || "[a-zé# ]{0,4}";
    let texts = (words(), option::of(words()), vec(words(), 0..3), btree_set("[a-z]{1,3}", 0..3));
    let home = (words(), option::of(any::<u8>()), btree_set("[a-z]{1,3}", 0..3));
    let numbers = (prop_oneof![Just(7_u32), any::<u32>()], any::<u64>(), any::<bool>());
    (place(), texts, home, numbers, expiry()).prop_map(
        |(
            (shelf, number, group, rank),
            (title, author, notes, tags),
            (city, floor, rooms),
            (points, price, r#type),
            until,
        )| Book {
            shelf,
            number,
            group,
            rank,
            title,
            author,
            points,
            tags,
            notes,
            price,
            home: Home { city, floor, rooms },
            r#type,
            written_only: 0,
            version: Version::default(),
            created: Timestamp::UNIX_EPOCH,
            updated: Timestamp::UNIX_EPOCH,
            until: until.map(EpochSeconds::new),
        },
    )
}

fn carton() -> impl Strategy<Value = Crate> {
    (place(), prop_oneof![Just(7_u32), any::<u32>()], option::of("[a-z]{0,3}"))
        .prop_map(|((shelf, number, group, rank), points, label)| Crate { shelf, number, group, rank, points, label })
}
