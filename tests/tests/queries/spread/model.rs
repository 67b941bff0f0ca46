//! Entities that are spread: by a shard, by a period, by both, on the table, on global indexes and on a local one.

use dynamo_model::prelude::*;

#[derive(Debug, Clone, PartialEq, Table)]
#[table(
    name = "spreads",
    pk = "PK",
    sk = "SK",
    type_attribute = "kind",
    ttl = "expires",
    gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"),
    gsi(GSI2, pk = "GSI2PK"),
    lsi(LSI1, sk = "LSI1SK")
)]
pub(crate) enum Spreads {
    Activity(Activity),
    Metric(Metric),
    Note(Note),
    Long(Long),
}

/// Spread by a shard. On its index, sort keys are equal within a shard and among shards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Spreads, pk = "ORG#{org}#{id:shard(4)}", sk = "AT#{at}#{id}", name = by_org)]
#[entity(index(GSI1, name = by_actor, pk = "ACTOR#{actor}#{id:shard(3)}", sk = "AT#{at}"))]
#[entity(index(GSI2, name = by_tag, pk = "TAG#{actor}#{id:shard(2)}"))]
#[entity(index(LSI1, name = by_rank, sk = "R#{rank}"))]
pub(crate) struct Activity {
    pub(crate) org: String,
    pub(crate) id: String,
    pub(crate) at: Timestamp,
    pub(crate) actor: Option<String>,
    pub(crate) rank: Option<u8>,
    #[entity(ttl)]
    pub(crate) expires: Option<EpochSeconds>,
}

/// Bucketed by a day, and on its index by an hour and a shard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Spreads, pk = "METRIC#{name}#DAY#{at:day}", sk = "{at}#{id}", name = by_name)]
#[entity(index(GSI1, name = by_host, pk = "HOST#{host}#{at:hour}#{id:shard(3)}", sk = "{at}"))]
pub(crate) struct Metric {
    pub(crate) name: String,
    pub(crate) at: Timestamp,
    pub(crate) id: String,
    pub(crate) host: Option<String>,
    #[entity(ttl)]
    pub(crate) expires: Option<EpochSeconds>,
}

/// Lies among the activities, on the table and on their index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Spreads, pk = "ORG#{org}#{id:shard(4)}", sk = "AT#{id}", name = notes)]
#[entity(index(GSI1, name = by_actor, pk = "ACTOR#{actor}#{id:shard(3)}", sk = "AT#{id}"))]
pub(crate) struct Note {
    pub(crate) org: String,
    pub(crate) id: String,
    pub(crate) actor: Option<String>,
}

/// Its index holds texts as they are, up to the longest that a key takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Spreads, pk = "LONG#{group}#{id:shard(3)}", sk = "{id}", name = longs)]
#[entity(index(GSI1, name = by_text, pk = "LONGS#{group}#{id:shard(3)}", sk = "{text:raw}"))]
pub(crate) struct Long {
    pub(crate) group: String,
    pub(crate) id: u32,
    pub(crate) text: String,
    pub(crate) body: String,
}
