//! A model in a crate without a prelude, where every lint that generated code could raise is denied.
//!
//! That it compiles is the test; `tests/` runs what other callers do.

#![no_implicit_prelude]
#![deny(
    clippy::all,
    clippy::pedantic,
    deprecated,
    missing_debug_implementations,
    missing_docs,
    nonstandard_style,
    private_bounds,
    private_interfaces,
    unnameable_types,
    unreachable_pub,
    unused,
    unused_qualifications
)]

use ::dm::{EpochSeconds, Timestamp, Version};
use ::serde::{Deserialize, Serialize};
use ::std::{boxed::Box, option::Option, string::String};

/// A table with everything that a table can have.
#[derive(Debug, Clone, PartialEq, ::dm::Table)]
#[table(
    crate = ::dm,
    name = "hostile",
    name_env = "HOSTILE_TABLE",
    pk = "PK",
    sk = "SK",
    type_attribute = "_type",
    ttl = "expires",
    gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"),
    gsi(GSI2, pk = "GSI2PK"),
    gsi(GSI3, native(pk = ("id", "state"), sk = ("since", "part", "version"))),
    lsi(LSI1, sk = "LSI1SK"),
    stream = "keys_only",
    point_in_time_recovery,
    deletion_protection
)]
pub enum Hostile {
    /// An entity with every attribute.
    Full(Box<Full>),
    /// An entity with no more than it needs.
    Bare(Bare),
    /// A generic entity, made concrete.
    Event(Event<u8>),
}

/// An entity with every attribute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ::dm::Entity)]
#[serde(rename_all = "camelCase")]
#[entity(crate = ::dm, table = Hostile, pk = "FULL#{id}", sk = "PART#{part:04}#{state}", name = parts_of)]
#[entity(index(GSI1, name = by_mail, pk = "MAIL#{mail:lower}", sk = "{state}#{since}#{part}"))]
#[entity(index(GSI2, name = by_parent, pk = "{parent}"))]
#[entity(index(GSI3, name = in_state, native(pk = (id, state), sk = (since, part, version))))]
#[entity(index(LSI1, name = by_time, sk = "SINCE#{since}"))]
pub struct Full {
    /// The id.
    pub id: Id,
    /// The part.
    pub part: u16,
    /// The state.
    pub state: State,
    /// A mail address.
    pub mail: String,
    /// Who it hangs from, if anybody.
    pub parent: Option<Id>,
    /// A time.
    pub since: Timestamp,
    /// The version.
    #[entity(version)]
    pub version: Version,
    /// The first write.
    #[entity(created_at)]
    pub created: Timestamp,
    /// The last write.
    #[entity(updated_at)]
    pub updated: Timestamp,
    /// The end.
    #[entity(ttl)]
    pub expires: Option<EpochSeconds>,
    /// A struct inside.
    pub inside: Inside<u8>,
}

/// An update with a change of each kind.
pub fn changed(full: &Full) -> ::dm::op::Update<Full> {
    Full::update(&full.id, &full.part, &full.state)
        .set(|fields| {
            (fields.inside().one_value().to(1), fields.inside().count().add(Count(2)), fields.expires().remove())
        })
        .set(|fields| fields.parent().to(&full.id))
        .set(|fields| fields.mail().to("new").given_since(full.since))
        .when(|fields| fields.inside().other().eq(Mood::Good) & fields.created().lt(Timestamp::UNIX_EPOCH))
        .version(full.version)
}

/// A struct inside an entity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ::dm::Attribute)]
#[attribute(crate = ::dm)]
#[serde(rename_all = "camelCase")]
pub struct Inside<T> {
    /// One value.
    pub one_value: T,
    /// What may be left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Mood>,
    pub(crate) count: Count,
}

/// A newtype in an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ::dm::Attribute)]
#[attribute(crate = ::dm)]
pub struct Count(pub u32);

/// Names in an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ::dm::Attribute)]
#[attribute(crate = ::dm)]
pub enum Mood {
    /// One.
    Good,
}

/// An entity with no more than it needs; not even what most structs derive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ::dm::Entity)]
#[entity(crate = ::dm, table = Hostile, pk = "BARE", sk = "BARE")]
pub struct Bare {}

/// A generic entity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ::dm::Entity)]
#[serde(bound = "")]
#[entity(crate = ::dm, table = Hostile, pk = "EVENT#{id}", sk = "AT#{at}", type_name = "event/v1")]
#[entity(index(GSI2, name = of_kind, pk = "KIND#{kind}"))]
pub struct Event<P>
where
    P: Serialize
        + for<'any> Deserialize<'any>
        + ::std::clone::Clone
        + ::std::fmt::Debug
        + ::std::cmp::PartialEq
        + ::std::marker::Send
        + ::std::marker::Sync
        + 'static,
{
    /// The id.
    pub id: Id,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub kind: State,
    /// More about it.
    pub payload: P,
}

/// A newtype.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ::dm::KeyPart)]
#[key_part(crate = ::dm)]
#[serde(transparent)]
pub struct Id(pub String);

/// A newtype with a named field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ::dm::KeyPart)]
#[key_part(crate = ::dm)]
pub struct Named {
    /// The value.
    pub value: i64,
}

/// Names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ::dm::KeyPart)]
#[key_part(crate = ::dm)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// One.
    NotYet,
    /// Another.
    #[serde(rename = "#done")]
    Done,
}

/// Everything under an id.
#[derive(Debug, Clone, PartialEq, ::dm::Collection)]
#[collection(crate = ::dm)]
pub struct Parts {
    /// Each.
    pub parts: ::std::vec::Vec<Full>,
}

/// What happened to an id.
#[derive(Debug, Clone, PartialEq, ::dm::Collection)]
#[collection(crate = ::dm)]
pub struct History {
    /// The first.
    pub r#first: Option<Event<u8>>,
}

/// What hangs from an id, on an index.
#[derive(Debug, Clone, PartialEq, ::dm::Collection)]
#[collection(crate = ::dm, index = GSI2)]
pub enum Children {
    /// A part.
    Full(Box<Full>),
}
