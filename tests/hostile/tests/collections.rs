//! Collections where names, types and visibilities are in the way.

use dm::Table as _;
use serde::{Deserialize, Serialize};

/// Entities whose fields are called like what generated code names.
mod names {
    use super::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, dm::Table)]
    #[table(crate = dm, name = "names", pk = "PK", sk = "SK", gsi(Other, pk = "OPK", sk = "OSK"), lsi(Third, sk = "TSK"))]
    pub(super) enum Names {
        One(One),
        Many(Many),
        Alone(Alone),
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize, dm::Entity)]
    #[entity(crate = dm, table = Names, pk = "N#{__parts}#{r}#{at}", sk = "ONE")]
    #[entity(index(Other, name = other, pk = "ALL", sk = "ONE#{__parts}"))]
    #[entity(index(Third, name = third, sk = "ONE#{at}"))]
    pub(super) struct One {
        pub(super) __parts: Part,
        pub(super) r: bool,
        pub(super) at: i8,
    }

    /// The fields of the partition are called otherwise.
    #[derive(Debug, PartialEq, Serialize, Deserialize, dm::Entity)]
    #[entity(crate = dm, table = Names, pk = "N#{partition}#{__item}#{__p}", sk = "MANY#{__member}", name = all)]
    #[entity(index(Other, name = other, pk = "ALL", sk = "MANY#{__member}"))]
    #[entity(index(Third, name = third, sk = "MANY#{__member}"))]
    pub(super) struct Many {
        pub(super) partition: Part,
        pub(super) __item: bool,
        pub(super) __p: i8,
        pub(super) __member: u8,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize, dm::Entity)]
    #[entity(crate = dm, table = Names, pk = "ALONE", sk = "ALONE")]
    pub(super) struct Alone {}

    #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, dm::KeyPart)]
    #[key_part(crate = dm)]
    pub(super) struct Part(pub(super) String);
}

/// What generated code could mean by these names, were it careless.
mod shadowed {
    #![allow(dead_code, non_camel_case_types)]

    use super::names::{Alone, Many, One};

    pub(super) struct Option;
    pub(super) struct Result;
    pub(super) struct Vec;
    pub(super) struct String;
    pub(super) struct Box;
    pub(super) struct str;
    pub(super) struct usize;
    pub(super) struct Ok;
    pub(super) struct Some;
    pub(super) struct None;
    pub(super) struct Entity;
    pub(super) struct Slot;

    #[derive(Debug, PartialEq, dm::Collection)]
    #[collection(crate = dm)]
    pub(super) struct Whole {
        pub(super) r#type: One,
        pub(super) __parts: ::std::vec::Vec<Many>,
    }

    #[derive(Debug, PartialEq, dm::Collection)]
    #[collection(crate = dm, index = Other)]
    pub(super) struct Everything {
        pub(super) __name: ::std::option::Option<Many>,
        pub(super) one: ::std::vec::Vec<One>,
    }

    #[derive(Debug, PartialEq, dm::Collection)]
    #[collection(crate = dm, index = r#Third)]
    pub(super) enum Mixed {
        Ok(::std::boxed::Box<One>),
        Some(Many),
    }

    #[derive(Debug, PartialEq, dm::Collection)]
    #[collection(crate = dm)]
    pub(super) enum Single {
        None(Alone),
    }
}

/// A private part in the key of a public entity does not keep the entity from being one.
mod visibility {
    #![allow(unreachable_pub)]

    use super::{Deserialize, Serialize};

    #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, dm::KeyPart)]
    #[key_part(crate = dm)]
    struct Private(u8);

    #[derive(Debug, dm::Table)]
    #[table(crate = dm, name = "visibility", pk = "PK", sk = "SK")]
    #[allow(dead_code)]
    pub enum Visibility {
        Open(Open),
    }

    #[derive(Debug, Serialize, Deserialize, dm::Entity)]
    #[entity(crate = dm, table = Visibility, pk = "V#{id}", sk = "OPEN")]
    #[allow(private_interfaces)]
    pub struct Open {
        id: Private,
    }

    /// Public, with private fields.
    #[derive(Debug, dm::Collection)]
    #[collection(crate = dm)]
    pub struct View {
        open: Option<Open>,
    }

    pub(super) fn asked() -> String {
        let view = View { open: Some(Open { id: Private(7) }) };
        let id = view.open.map(|open| open.id).expect("it was given");
        View::get(&id).explain().to_string()
    }
}

/// A macro that is given the members' types.
macro_rules! collection {
    ($name:ident, $one:ty, $many:ty) => {
        #[derive(Debug, PartialEq, dm::Collection)]
        #[collection(crate = dm)]
        struct $name {
            one: Option<$one>,
            many: Vec<$many>,
        }
    };
}

collection!(FromMacro, names::One, names::Many);

fn part() -> names::Part {
    names::Part("p".to_owned())
}

#[tokio::test]
async fn collections_are_read_whatever_they_are_called() -> Result<(), dm::Error> {
    use dm::{Entity as _, Request as _};
    use names::{Alone, Many, Names, One};
    use shadowed::{Everything, Mixed, Single, Whole};

    // Inside a function, of types outside of it.
    #[derive(Debug, PartialEq, dm::Collection)]
    #[collection(crate = dm)]
    enum Local {
        Many(Many),
    }

    let db = Names::embedded().await?;
    let one = || One { __parts: part(), r: true, at: -1 };
    let many = |number| Many { partition: part(), __item: true, __p: -1, __member: number };
    one().create().send(&db).await?;
    many(1).create().send(&db).await?;
    many(2).create().send(&db).await?;
    Alone {}.create().send(&db).await?;

    let parts = (&part(), &true, &-1);
    let whole = Whole::get(parts).consistent().send(&db).await?;
    assert_eq!(whole, Some(Whole { r#type: one(), __parts: vec![many(1), many(2)] }));
    let everything = Everything::get(()).descending().send(&db).await?;
    assert_eq!(everything, Some(Everything { __name: Some(many(2)), one: vec![one()] }));
    let mixed = Mixed::query(parts).consistent().all(&db).await?;
    assert_eq!(mixed, [Mixed::Some(many(1)), Mixed::Some(many(2)), Mixed::Ok(Box::new(one()))]);
    assert_eq!(Single::query(()).first(&db).await?, Some(Single::None(Alone {})));
    let from_macro = FromMacro::get(parts).send(&db).await?;
    assert_eq!(from_macro, Some(FromMacro { one: Some(one()), many: vec![many(1), many(2)] }));

    assert_eq!(Local::query(parts).limit(1).page(&db).await?.items, [Local::Many(many(1))]);
    Ok(())
}

#[test]
fn a_public_collection_may_keep_its_parts_to_itself() {
    assert_eq!(visibility::asked(), r#"Query PK = "V#007" AND SK = "OPEN""#);
}
