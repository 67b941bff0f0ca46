//! Fields in expressions, changes of fields that are set together, and unique constraints.

use std::collections::BTreeSet;

use dm::{
    expr::{Assign, Selection},
    prelude::*,
};

/// What an update is told.
fn is_change<E: Entity, A: Assign<E>>(_: impl Fn(E::Fields) -> A) {}

/// What a read asks for.
fn is_projection<E: Entity, P: Selection<E>>(_: impl Fn(E::Fields) -> P) {}

mod model {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Table)]
    #[table(crate = dm, name = "changes", pk = "PK", sk = "SK", ttl = "ttl", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"), gsi(GSI2, pk = "GSI2PK"))]
    pub enum Changes {
        Task(Task),
        User(User),
        Named(Named),
        Generic(Generic<String>),
    }

    /// Private fields of private types in a public entity.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(crate = dm, table = Changes, pk = "PROJECT#{project}", sk = "TASK#{change}")]
    #[entity(index(GSI1, name = by_status, pk = "STATUS#{status}", sk = "{due}#{created}"))]
    #[entity(index(GSI2, name = assignee, pk = "ASSIGNEE#{assignee}"))]
    pub struct Task {
        pub project: String,
        pub change: u32,
        status: Status,
        pub due: Option<Timestamp>,
        #[entity(created_at)]
        created: Timestamp,
        pub assignee: Option<String>,
        pub title: String,
        #[serde(default, with = "sets::string_set")]
        pub tags: BTreeSet<String>,
        #[serde(with = "sets::upper", skip_serializing_if = "String::is_empty", default)]
        pub upper: String,
        #[entity(ttl)]
        pub ttl: Option<EpochSeconds>,
    }

    #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
    #[key_part(crate = dm)]
    enum Status {
        Todo,
        Done,
    }

    mod sets {
        pub(super) mod string_set {
            use std::collections::BTreeSet;

            use serde::{Deserialize as _, Deserializer, Serialize, Serializer};

            pub(in super::super) fn serialize<S: Serializer>(set: &BTreeSet<String>, to: S) -> Result<S::Ok, S::Error> {
                set.serialize(to)
            }

            pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
                from: D,
            ) -> Result<BTreeSet<String>, D::Error> {
                BTreeSet::deserialize(from)
            }
        }

        pub(super) mod upper {
            use serde::{Deserialize as _, Deserializer, Serializer};

            pub(in super::super) fn serialize<S: Serializer>(text: &str, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(&text.to_uppercase())
            }

            pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
                Ok(String::deserialize(from)?.to_lowercase())
            }
        }
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(crate = dm, table = Changes, pk = "USER#{id}", sk = "USER")]
    #[entity(unique(email: lower), unique(handle, org))]
    pub struct User {
        pub id: String,
        pub email: String,
        pub org: Option<u32>,
        pub handle: String,
        #[entity(ttl)]
        pub ttl: Option<EpochSeconds>,
        #[entity(version)]
        pub version: Version,
    }

    /// Fields called like methods of paths and changes, parameters called like types.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(crate = dm, table = Changes, pk = "NAMED#{key}", sk = "#{at}")]
    #[entity(index(GSI1, name = by_to, pk = "{to}#{set}", sk = "{known}#{missing}#{part}#{type}#{__value}"))]
    pub struct Named {
        pub key: String,
        pub at: u8,
        pub to: Known,
        pub set: u8,
        pub known: Missing,
        pub missing: Part,
        pub part: u8,
        pub r#type: String,
        pub(super) __value: u8,
        pub eq: u8,
        pub size: u8,
        pub new: u8,
        pub clone: u8,
        pub fmt: u8,
        pub form: u8,
        pub self_: u8,
        pub fields: u8,
        pub update: u8,
        pub given_to: u8,
    }

    macro_rules! parts {
        ($($name:ident),*) => {$(
            #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
            #[key_part(crate = dm)]
            pub struct $name(pub String);
        )*};
    }

    parts!(Known, Missing, Part);

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[serde(bound = "")]
    #[entity(crate = dm, table = Changes, pk = "GENERIC#{id}", sk = "GENERIC")]
    #[entity(index(GSI1, name = by_value, pk = "VALUE#{value}", sk = "{other}"))]
    pub struct Generic<Value>
    where
        Value: std::fmt::Debug + Clone + PartialEq + Send + Sync + Serialize + for<'any> Deserialize<'any> + 'static,
    {
        pub id: String,
        pub value: Value,
        pub other: u8,
        pub more: Vec<Value>,
    }

    impl Task {
        pub fn inside() {
            is_change::<Self, _>(|t| {
                (
                    t.status().to(Status::Done).given_due(None).given_created(Timestamp::UNIX_EPOCH),
                    t.title().to("x"),
                    t.assignee().remove(),
                )
            });
            is_change::<Self, _>(|t| {
                t.by_status().to(Status::Todo, Timestamp::UNIX_EPOCH).given_created(Timestamp::UNIX_EPOCH)
            });
        }
    }
}

#[test]
fn fields_have_paths_and_changes() {
    use model::{Named, Task, User};

    Task::inside();
    is_change::<Task, _>(|t| {
        (t.assignee().to("ann"), t.tags().add(["x".to_owned()].into_iter().collect::<BTreeSet<_>>()))
    });
    is_change::<Task, _>(|t| t.assignee().to(None).with_assignee("x").given_assignee("y"));
    is_change::<Task, _>(|t| (t.upper().to("x"), t.ttl().remove()));
    is_projection::<Task, _>(|t| (t.project(), t.due(), t.title()));
    is_change::<User, _>(|t| {
        let all = t.email().to("new").given_email("old").given_handle("h").given_org(7).given_ttl(None);
        all.with_handle("other")
    });
    is_change::<User, _>(|t| {
        let to = t.handle_and_org().to("new", None, "h", None);
        to.given_email("old").given_handle("o").given_org(7)
    });
    is_change::<Named, _>(|n| {
        let to = model::Known("to".to_owned());
        let all = n.by_to().to(to, 1, model::Missing("m".to_owned()), model::Part("p".to_owned()), 2, "t", 3);
        (
            (all, n.eq().to(1)),
            n.size().to(2),
            n.clone().to(3),
            n.new().to(4),
            n.self_().to(5),
            n.fields().to(6),
            n.update().to(7),
            n.given_to().to(8),
        )
    });
    is_change::<model::Generic<String>, _>(|g| (g.value().to("v").given_other(1), g.more().to(Vec::new())));
    let _ = Task::update("p", &1);
    let _ = <model::Generic<String>>::update("p");
}

#[test]
fn unique_constraints_are_described() {
    use model::User;

    let patterns = User::SCHEMA.uniques.iter().map(|unique| unique.key.partition.template.pattern());
    assert_eq!(
        patterns.collect::<Vec<_>>(),
        ["UNIQUE#User#email#{email:lower}", "UNIQUE#User#handle+org#{handle}#{org}"]
    );
}
