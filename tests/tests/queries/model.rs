//! Entities that share partitions of a table, of an overloaded global index and of a local one.

use dynamo_model::prelude::*;

#[derive(Debug, Clone, PartialEq, Table)]
#[table(
    name = "queries",
    pk = "PK",
    sk = "SK",
    type_attribute = "kind",
    ttl = "expires",
    gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"),
    gsi(GSI2, pk = "GSI2PK"),
    lsi(LSI1, sk = "LSI1SK")
)]
pub(crate) enum Queries {
    Note(Note),
    Task(Task),
    Event(Event),
    Marker(Marker),
}

/// One part in its sort key. An unset expiry is stored as `NULL`, as serde writes `None`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Queries, pk = "P#{p}", sk = "NOTE#{a}", name = notes)]
#[entity(index(GSI1, name = by_group, pk = "G#{g}", sk = "N#{a}#{b}"))]
#[entity(index(GSI2, name = by_tag, pk = "TAG#{p}#{b}"))]
#[entity(index(LSI1, name = by_rank, sk = "L#{rank}"))]
pub(crate) struct Note {
    pub(crate) p: String,
    pub(crate) a: String,
    pub(crate) b: String,
    pub(crate) g: Option<String>,
    pub(crate) rank: Option<i8>,
    #[entity(ttl)]
    pub(crate) expires: Option<EpochSeconds>,
}

/// Two parts. An unset expiry is no attribute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Queries, pk = "P#{p}", sk = "TASK#{a}#{n}", name = tasks)]
#[entity(index(GSI1, name = by_group, pk = "G#{g}", sk = "T#{n}#{a}"))]
#[entity(index(LSI1, name = by_rank, sk = "L#{rank}#{a}"))]
pub(crate) struct Task {
    pub(crate) p: String,
    pub(crate) a: String,
    pub(crate) n: i16,
    pub(crate) g: Option<String>,
    pub(crate) rank: Option<i8>,
    #[entity(ttl)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) expires: Option<EpochSeconds>,
}

/// Three parts, of which the first ends without `#`. It knows nothing of an expiry, which others may give its items.
/// On the group's index it writes keys between those of notes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Queries, pk = "P#{p}", sk = "TASKS#{at}{a}#{b}", name = events)]
#[entity(index(GSI1, name = by_group, pk = "G#{g}", sk = "N#{b}"))]
pub(crate) struct Event {
    pub(crate) p: String,
    pub(crate) at: Timestamp,
    pub(crate) a: String,
    pub(crate) b: String,
    pub(crate) g: Option<String>,
}

/// Its whole sort key is the successor of another entity's literal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Queries, pk = "P#{p}", sk = "TASK$")]
pub(crate) struct Marker {
    pub(crate) p: String,
}
