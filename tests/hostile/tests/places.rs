//! Where entities may be: private, in a function, in a `Box`, written by a macro.

#![allow(clippy::cloned_ref_to_slice_refs, reason = "a list of items reads as what is expected")]
#![deny(unused, missing_docs, unreachable_pub, private_interfaces, private_bounds)]

type Outcome = Result<(), dm::Error>;

/// Visible in this file alone, and for the most part not used.
mod private {
    use dm::prelude::*;

    #[derive(Debug, Clone, PartialEq, Table)]
    #[table(crate = dm, name = "private", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
    pub(crate) enum Private {
        Boxed(Box<Boxed>),
        Inner(inner::Inner),
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(crate = dm, table = Private, pk = "BOXED#{id}", sk = "{part}#{at}", name = parts)]
    #[entity(index(GSI1, name = by_part, pk = "PART#{part}", sk = "{at}"))]
    pub(crate) struct Boxed {
        pub(crate) id: String,
        pub(crate) part: u8,
        pub(crate) at: Timestamp,
    }

    mod inner {
        use dm::prelude::*;

        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
        #[entity(crate = dm, table = super::Private, pk = "INNER#{id}", sk = "INNER")]
        pub(in super::super) struct Inner {
            id: String,
        }
    }
}

#[tokio::test]
async fn a_variant_may_be_boxed() -> Outcome {
    use dm::prelude::*;
    use private::{Boxed, Private};

    let db = Private::embedded().await?;
    let boxed = Boxed { id: "b".to_owned(), part: 1, at: Timestamp::UNIX_EPOCH }.create().send(&db).await?;
    let variant = Private::from(boxed.clone());
    assert_eq!(variant, Private::Boxed(Box::new(boxed.clone())));
    assert_eq!(Private::from_item(variant.to_item()?)?, variant);
    assert_eq!(Boxed::parts("b").part(1).all(&db).await?, [boxed]);
    Ok(())
}

#[tokio::test]
async fn an_entity_may_be_in_a_function() -> Outcome {
    use dm::prelude::*;

    #[derive(Debug, Clone, PartialEq, Table)]
    #[table(crate = dm, name = "local", pk = "PK", sk = "SK")]
    enum Local {
        Item(Item),
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(crate = dm, table = Local, pk = "ITEM#{id}", sk = "PART#{part}")]
    struct Item {
        id: Id,
        part: u8,
    }

    #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
    #[key_part(crate = dm)]
    struct Id(String);

    let db = Local::embedded().await?;
    let item = Item { id: Id("i".to_owned()), part: 2 }.create().send(&db).await?;
    assert_eq!(Item::query(&item.id).part(2..).all(&db).await?, [item]);
    Ok(())
}

/// Names, types, templates and paths reach the derives as groups that no brackets show.
mod written {
    use dm::prelude::*;

    macro_rules! model {
        (
            $vis:vis $table:ident = $name:literal, $index:ident:
            $($entity:ident [$pk:literal, $sk:literal, $ipk:literal as $by:ident $(, $krate:path)?]
                { $($(#[$attribute:meta])* $field:ident: $type:ty),* })*
        ) => {
            #[derive(Debug, Clone, PartialEq, Table)]
            #[table(crate = dm, name = $name, pk = "PK", sk = "SK", gsi($index, pk = "IPK"))]
            $vis enum $table {
                $($entity($entity)),*
            }

            $(
                #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
                #[entity(crate = dm, table = $table, pk = $pk, sk = $sk, type_name = $pk)]
                #[entity(index($index, name = $by, pk = $ipk))]
                $vis struct $entity {
                    $($(#[$attribute])* $vis $field: $type),*
                }
            )*
        };
    }

    model! {
        pub(super) Written = "written", ByOwner:
        First["FIRST#{id}", "AT#{at}", "OWNER#{owner}" as of_owner] {
            id: String,
            at: Timestamp,
            owner: Option<Owner>,
            #[entity(version)] version: Version
        }
        Second["SECOND#{id}", "SECOND", "OWNER#{owner}" as by_owner] { id: u64, owner: std::option::Option<String> }
    }

    macro_rules! part {
        ($vis:vis $name:ident($inner:ty)) => {
            #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
            #[key_part(crate = dm)]
            $vis struct $name($vis $inner);
        };
    }

    part!(pub(super) Owner(String));
}

#[tokio::test]
async fn a_macro_may_write_the_model() -> Outcome {
    use dm::prelude::*;
    use written::{First, Owner, Second, Written};

    let db = Written::embedded().await?;
    let owner = Owner("o".to_owned());
    let first = First {
        id: "f".to_owned(),
        at: Timestamp::UNIX_EPOCH,
        owner: Some(owner.clone()),
        version: Version::default(),
    };
    let first = first.create().send(&db).await?;
    let second = Second { id: 2, owner: Some("o".to_owned()) }.create().send(&db).await?;
    assert_eq!(First::of_owner(&owner).all(&db).await?, [first.clone()]);
    assert_eq!(First::query("f").at(..).all(&db).await?, [first]);
    assert_eq!(Second::by_owner("o").all(&db).await?, [second.clone()]);
    assert_eq!(Second::get(&2).send(&db).await?, Some(second));
    // An index without a value is a sparse one, whatever the `Option` is called.
    let absent = Second { id: 3, owner: None }.create().send(&db).await?;
    assert!(!absent.to_item()?.contains_key("IPK"));
    Ok(())
}
