//! ULIDs and UUIDs.

#[cfg(any(feature = "ulid", feature = "uuid"))]
use dynamo_model::key::{KeyPart, PartSpec};
#[cfg(any(feature = "ulid", feature = "uuid"))]
use proptest::prelude::*;

#[cfg(any(feature = "ulid", feature = "uuid"))]
use crate::laws::{laws, plain, refuses};

/// Two numbers, in half of the cases with a single bit between them.
#[cfg(any(feature = "ulid", feature = "uuid"))]
fn pairs() -> impl Strategy<Value = (u128, u128)> {
    let number = || prop_oneof![8 => any::<u128>(), 1 => Just(0), 1 => Just(u128::MAX)];
    prop_oneof![(number(), number()), (number(), 0..128_u32).prop_map(|(a, bit)| (a, a ^ (1 << bit)))]
}

#[cfg(feature = "ulid")]
mod ulid {
    use ::ulid::Ulid;

    use super::*;

    laws!(sorts_and_reads_back: Ulid, pairs().prop_map(|(a, b)| (Ulid(a), Ulid(b))));

    #[test]
    fn has_its_canonical_text_only() {
        let id = Ulid::from_string("01ARZ3NDEKTSV4RRFFQ69G5FAV").unwrap();
        assert_eq!(plain(&id), "01ARZ3NDEKTSV4RRFFQ69G5FAV");
        // Lower case; a first character whose upper bits do not fit; one too few.
        for text in ["01arz3ndektsv4rrffq69g5fav", "81ARZ3NDEKTSV4RRFFQ69G5FAV", "1ARZ3NDEKTSV4RRFFQ69G5FAV"] {
            assert!(Ulid::decode(text, PartSpec::Plain).is_err(), "{text}");
        }
        refuses(&id, &[PartSpec::Lower, PartSpec::Width(26), PartSpec::Raw]);
    }
}

#[cfg(feature = "uuid")]
mod uuid {
    use ::uuid::Uuid;

    use super::*;

    laws!(sorts_and_reads_back: Uuid, pairs().prop_map(|(a, b)| (Uuid::from_u128(a), Uuid::from_u128(b))));

    #[test]
    fn has_its_canonical_text_only() {
        let id = Uuid::from_u128(0x67e5_5044_10b1_426f_9247_bb68_0e5f_e0c8);
        assert_eq!(plain(&id), "67e55044-10b1-426f-9247-bb680e5fe0c8");
        for text in [
            "67E55044-10B1-426F-9247-BB680E5FE0C8",
            "67e5504410b1426f9247bb680e5fe0c8",
            "{67e55044-10b1-426f-9247-bb680e5fe0c8}",
            "urn:uuid:67e55044-10b1-426f-9247-bb680e5fe0c8",
        ] {
            assert!(Uuid::decode(text, PartSpec::Plain).is_err(), "{text}");
        }
        refuses(&id, &[PartSpec::Lower, PartSpec::Width(36), PartSpec::Raw]);
    }
}
