//! A key is read back from its texts, and from no others.

use dynamo_model::{Entity, EntityKey as _, key::KeyError};
use proptest::{prelude::*, sample::Index};

use crate::{
    cases::cases,
    model::{Braces, Days, Ids, Instants, Lowered, Names, Numbers, Raw, Texts},
    order::lower,
    population::{Case, population},
    text::hostile,
};

/// A change of a text that may leave it a key's.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    Insert(Index, String),
    Remove(Index),
    Replace(Index, char),
    Double(Index),
    All(String),
}

pub(crate) fn change() -> impl Strategy<Value = Change> {
    let letter = prop_oneof!["[#%0-9A-Fa-f$ -]".prop_map(|text| text.chars().next().unwrap()), any::<char>()];
    prop_oneof![
        (any::<Index>(), prop_oneof![hostile(), Just("%23".to_owned()), Just("%2".to_owned())])
            .prop_map(|(at, text)| Change::Insert(at, text)),
        any::<Index>().prop_map(Change::Remove),
        (any::<Index>(), letter).prop_map(|(at, letter)| Change::Replace(at, letter)),
        any::<Index>().prop_map(Change::Double),
        any::<String>().prop_map(Change::All),
    ]
}

impl Change {
    pub(crate) fn apply(self, text: &str) -> String {
        let mut letters: Vec<char> = text.chars().collect();
        match self {
            Self::Insert(at, inserted) => {
                let at = at.index(letters.len() + 1);
                letters.splice(at..at, inserted.chars());
            }
            Self::Remove(at) => drop(letters.remove(at.index(letters.len()))),
            Self::Replace(at, letter) => {
                let at = at.index(letters.len());
                letters[at] = letter;
            }
            Self::Double(at) => {
                let at = at.index(letters.len());
                letters.extend_from_within(at..);
            }
            Self::All(text) => return text,
        }
        letters.into_iter().collect()
    }
}

type Parse<E> = fn(&str, &str) -> Result<<E as Entity>::Key, KeyError>;

/// `canonical` is what is left of a value in a key: `:lower` keeps no upper case.
fn comes_back<E: Case>(value: E, parse: Parse<E>, canonical: fn(E) -> E)
where
    E::Key: PartialEq + std::fmt::Debug,
{
    let Ok(key) = value.key().to_primary() else { return };
    let sort = key.sort.expect("the table has a sort key");
    let parsed = parse(&key.partition, &sort);
    assert_eq!(parsed, Ok(canonical(value).key()), "{:?} {sort:?}", key.partition);
}

/// What is read from any texts has those texts.
fn exact<E: Case>(partition: &str, sort: &str, parse: Parse<E>) {
    let Ok(parsed) = parse(partition, sort) else { return };
    let key = parsed.to_primary().expect("what is read can be written");
    assert_eq!((key.partition.as_str(), key.sort.as_deref()), (partition, Some(sort)));
}

macro_rules! parsed {
    ($($entity:ident, $comes_back:ident, $exact:ident, $canonical:expr;)*) => {$(
        proptest! {
            #![proptest_config(cases(10_000))]

            #[test]
            fn $comes_back(values in population::<$entity>(1..2)) {
                for value in values {
                    comes_back(value, $entity::parse_key, $canonical);
                }
            }

            #[test]
            fn $exact(values in population::<$entity>(2..3), changes in proptest::option::of((change(), change(), any::<bool>()))) {
                let keys: Vec<_> = values.iter().filter_map(|value| value.key().to_primary().ok()).collect();
                prop_assume!(keys.len() == 2);
                // The partition key of one and the sort key of the other, one of them or both damaged.
                let (mut partition, mut sort) = (keys[0].partition.clone(), keys[1].sort.clone().unwrap());
                if let Some((first, second, both)) = changes {
                    sort = first.apply(&sort);
                    if both {
                        partition = second.apply(&partition);
                    }
                }
                exact::<$entity>(&partition, &sort, $entity::parse_key);
            }
        }
    )*};
}

parsed! {
    Texts, texts_come_back, texts_are_exact, |key| key;
    Numbers, numbers_come_back, numbers_are_exact, |key| key;
    Instants, instants_come_back, instants_are_exact, |key| key;
    Days, days_come_back, days_are_exact, |key| key;
    Ids, ids_come_back, ids_are_exact, |key| key;
    Names, names_come_back, names_are_exact, |key| key;
    Lowered, lowered_come_back, lowered_are_exact, |key| Lowered { name: lower(&key.name), ..key };
    Raw, raw_come_back, raw_are_exact, |key| key;
    Braces, braces_come_back, braces_are_exact, |key| key;
}
