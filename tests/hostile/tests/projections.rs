//! Projections where names, types and visibilities are in the way.
#![deny(missing_docs, deprecated, unused, clippy::pedantic)]

use std::collections::BTreeSet;

use dm::{Entity as _, QueryRequest as _, Request as _, Table as _};

/// No prelude, and names that generated code could mean, were it careless.
mod hostile {
    #![no_implicit_prelude]
    #![allow(dead_code, non_camel_case_types)]

    use ::serde::{Deserialize, Serialize};
    use ::std::clone::Clone;
    use ::std::cmp::PartialEq;
    use ::std::fmt::Debug;

    struct Option;
    struct Result;
    struct Some;
    struct Ok;
    struct Default;
    struct Projection;
    struct Entity;

    #[derive(Debug, Clone, PartialEq, ::dm::Table)]
    #[table(
        crate = ::dm, name = "hostile", pk = "PK", sk = "SK", type_attribute = "r#type",
        gsi(r#impl, pk = "IPK", sk = "ISK", include("r#fields", "__reader")),
        gsi(Bare, pk = "BPK", sk = "BSK", projection = "keys_only")
    )]
    pub(super) enum Hostile {
        Thing(Thing),
        Number(Held<u8>),
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ::dm::Entity)]
    #[serde(default)]
    #[entity(crate = ::dm, table = Hostile, pk = "T#{__reader}", sk = "T#{__texts}", name = all)]
    #[entity(index(r#impl, name = r#as, pk = "ALL", sk = "{__reader}#{__texts}"))]
    #[entity(index(Bare, name = bare, pk = "ALL", sk = "{__reader}#{__texts}"))]
    pub(super) struct Thing {
        pub(super) __reader: ::std::string::String,
        pub(super) __texts: u8,
        #[serde(rename = "r#fields")]
        pub(super) __fields: ::std::option::Option<u8>,
        #[serde(default = "super::three")]
        pub(super) __field0: u8,
        pub(super) r#match: bool,
        #[serde(with = "serde_like")]
        pub(super) value: u32,
        pub(super) select: ::std::vec::Vec<u8>,
    }

    impl ::std::default::Default for Thing {
        fn default() -> Self {
            Self {
                __reader: ::std::string::String::new(),
                __texts: 0,
                __fields: ::std::option::Option::None,
                __field0: 0,
                r#match: true,
                value: 9,
                select: ::std::vec![4],
            }
        }
    }

    mod serde_like {
        #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
        pub(super) fn serialize<S: ::serde::Serializer>(value: &u32, to: S) -> ::std::result::Result<S::Ok, S::Error> {
            to.collect_str(value)
        }

        pub(super) fn deserialize<'de, D: ::serde::Deserializer<'de>>(from: D) -> ::std::result::Result<u32, D::Error> {
            let text = <::std::string::String as ::serde::Deserialize>::deserialize(from)?;
            text.parse().map_err(<D::Error as ::serde::de::Error>::custom)
        }
    }

    /// Of every field, under names that generated code has for its own.
    #[derive(Debug, Clone, PartialEq, ::dm::Projection)]
    #[projection(crate = ::dm, of = Thing)]
    pub(super) struct Part {
        pub(super) __fields: ::std::option::Option<u8>,
        pub(super) __reader: ::std::string::String,
        pub(super) __field0: u8,
        pub(super) r#match: bool,
        #[projection(field = value)]
        pub(super) __item: u32,
        pub(super) select: ::std::vec::Vec<u8>,
    }

    /// By an index with a keyword for a name.
    #[derive(Debug, Clone, PartialEq, ::dm::Projection)]
    #[projection(crate = ::dm, of = Thing, from(r#as))]
    pub(super) struct r#Some2 {
        #[projection(field = __fields)]
        pub(super) r#type: ::std::option::Option<u8>,
        pub(super) __reader: ::std::string::String,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ::dm::Entity)]
    #[serde(bound = "")]
    #[entity(crate = ::dm, table = Hostile, pk = "HELD#{id}", sk = "HELD#{at}", type_name = "held")]
    pub(super) struct Held<T: super::Kind> {
        pub(super) id: T::Id,
        pub(super) at: u8,
        #[serde(default)]
        pub(super) kept: T,
        #[serde(skip_serializing_if = "::std::vec::Vec::is_empty", default)]
        pub(super) more: ::std::vec::Vec<u8>,
    }

    /// Of an entity with parameters: one concrete type of it.
    #[derive(Debug, Clone, PartialEq, ::dm::Projection)]
    #[projection(crate = ::dm, of = Held<u8>)]
    pub(super) struct HeldNumber {
        pub(super) kept: u8,
        pub(super) more: ::std::vec::Vec<u8>,
    }
}

/// What an entity with parameters holds.
pub trait Kind:
    serde::Serialize + serde::de::DeserializeOwned + Default + Clone + PartialEq + std::fmt::Debug + Send + Sync + 'static
{
    /// What identifies it.
    type Id: dm::KeyPart + serde::Serialize + serde::de::DeserializeOwned + PartialEq + Send + Sync + 'static;
}

impl Kind for u8 {
    type Id = u16;
}

fn three() -> u8 {
    3
}

#[tokio::test]
async fn projections_of_hostile_entities_are_read() -> Result<(), dm::Error> {
    use hostile::{Held, HeldNumber, Hostile, Part, Some2, Thing};

    let db = Hostile::embedded().await?;
    let thing = Thing { __reader: "a".to_owned(), __fields: Some(2), ..Thing::default() };
    thing.clone().create().send(&db).await?;
    let part =
        Part { __fields: Some(2), __reader: "a".to_owned(), __field0: 0, r#match: true, __item: 9, select: vec![4] };
    assert_eq!(Thing::get("a", &0).select::<Part>().send(&db).await?.as_ref(), Some(&part));
    assert_eq!(Thing::all("a").select::<Part>().all(&db).await?, [part]);
    let some = Some2 { r#type: Some(2), __reader: "a".to_owned() };
    assert_eq!(Thing::r#as().select::<Some2>().all(&db).await?, [some]);
    assert_eq!(Thing::bare().hydrate().all(&db).await?, [thing]);

    let held = Held::<u8> { id: 1, at: 2, kept: 3, more: vec![] };
    held.create().send(&db).await?;
    let found = Held::<u8>::get(&1, &2).select::<HeldNumber>().send(&db).await?;
    assert_eq!(found, Some(HeldNumber { kept: 3, more: vec![] }));
    Ok(())
}

/// What is not there is as serde says: the field's default, or that of its struct.
#[tokio::test]
async fn defaults_are_those_of_the_entity() -> Result<(), dm::Error> {
    use hostile::{Hostile, Part, Thing};

    let db = Hostile::embedded().await?;
    let mut item = Thing { __reader: "a".to_owned(), ..Thing::default() }.to_item()?;
    let gone: BTreeSet<&str> = ["r#fields", "__field0", "match", "value", "select"].into();
    item.retain(|name, _| !gone.contains(name.as_str()));
    db.client().put_item().table_name(db.table_name()).set_item(Some(item)).send().await.expect("it is put");
    let whole = Thing::get("a", &0).send(&db).await?.expect("it is there");
    let part = Thing::get("a", &0).select::<Part>().send(&db).await?.expect("it is there");
    assert_eq!(
        (part.__fields, part.__field0, part.r#match, part.__item, part.select),
        (whole.__fields, whole.__field0, whole.r#match, whole.value, whole.select)
    );
    assert_eq!(part.__field0, 3);
    Ok(())
}
