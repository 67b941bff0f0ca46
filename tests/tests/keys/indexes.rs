//! Index keys with optional parts: complete, or not there at all.

use dynamo_model::Entity as _;
use proptest::prelude::*;

use crate::{cases::cases, model::Sparse, population::population};

proptest! {
    #![proptest_config(cases(10_000))]

    /// Pitfalls 7, 8 and 10: an index key lacks neither a part nor its other half.
    #[test]
    fn a_sparse_index_key_is_whole_or_absent(values in population::<Sparse>(1..2)) {
        let value = &values[0];
        let item = value.to_item().expect("short");
        let keys: Vec<_> = ["GSI1PK", "GSI1SK", "LSI1SK"].iter().filter(|name| item.contains_key(**name)).collect();
        let mut expected = Vec::new();
        if value.owner.is_some() && value.rank.is_some() {
            expected.extend([&"GSI1PK", &"GSI1SK"]);
        }
        if value.note.is_some() {
            expected.push(&"LSI1SK");
        }
        prop_assert_eq!(keys, expected);
    }
}
