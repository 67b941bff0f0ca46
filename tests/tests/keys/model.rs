//! A table whose entities have keys of every kind of part.

use std::num::NonZeroU16;

use dynamo_model::prelude::*;
use ulid::Ulid;
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Table)]
#[table(name = "keys", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"), lsi(LSI1, sk = "LSI1SK"))]
pub(crate) enum Keys {
    Texts(Texts),
    Numbers(Numbers),
    Instants(Instants),
    Days(Days),
    Ids(Ids),
    Names(Names),
    Lowered(Lowered),
    Raw(Raw),
    Braces(Braces),
    Sparse(Sparse),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Keys, pk = "TENANT#{tenant}", sk = "TEXT#{a}#{b}#{c}", name = texts)]
pub(crate) struct Texts {
    pub(crate) tenant: String,
    pub(crate) a: String,
    pub(crate) b: String,
    pub(crate) c: String,
}

/// Widths of their own, parts without `#` between them, a literal letter before and a literal behind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(
    table = Keys,
    pk = "TENANT#{tenant}",
    sk = "v{tiny}{seq:08}#{count}#{delta}{big}#{rank}#{last}#END",
    name = numbers
)]
pub(crate) struct Numbers {
    pub(crate) tenant: u32,
    pub(crate) tiny: i8,
    pub(crate) seq: u32,
    pub(crate) count: u64,
    pub(crate) delta: i64,
    pub(crate) big: u128,
    pub(crate) rank: NonZeroU16,
    pub(crate) last: i128,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Keys, pk = "TENANT#{tenant}", sk = "AT#{at}#{chrono}{time}#{jiff}", name = instants)]
pub(crate) struct Instants {
    pub(crate) tenant: u8,
    pub(crate) at: Timestamp,
    pub(crate) chrono: chrono::DateTime<chrono::Utc>,
    pub(crate) time: time::OffsetDateTime,
    pub(crate) jiff: jiff::Timestamp,
}

/// A sort key that begins with a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Keys, pk = "DAYS#{tenant}", sk = "{chrono}{time}#{jiff}#{note}", name = days)]
pub(crate) struct Days {
    pub(crate) tenant: String,
    pub(crate) chrono: chrono::NaiveDate,
    pub(crate) time: time::Date,
    pub(crate) jiff: jiff::civil::Date,
    pub(crate) note: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Keys, pk = "TENANT#{tenant}", sk = "ID#{ulid}{uuid}#{user}", name = ids)]
pub(crate) struct Ids {
    pub(crate) tenant: String,
    pub(crate) ulid: Ulid,
    pub(crate) uuid: Uuid,
    pub(crate) user: UserId,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, KeyPart)]
#[serde(transparent)]
pub(crate) struct UserId(pub(crate) String);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Keys, pk = "TENANT#{tenant}", sk = "NAME#{status}#{flag}#{letter}#{serial}", name = names)]
pub(crate) struct Names {
    pub(crate) tenant: String,
    pub(crate) status: Status,
    pub(crate) flag: bool,
    pub(crate) letter: char,
    pub(crate) serial: Serial,
}

/// Names that are prefixes of one another, and one that holds what separates parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
pub(crate) enum Status {
    Done,
    DoneLate,
    #[serde(rename = "Done#Late")]
    Hostile,
    #[serde(rename = "é %")]
    Accented,
}

/// A newtype around a newtype around a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, KeyPart)]
#[serde(transparent)]
pub(crate) struct Serial(pub(crate) Counter);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, KeyPart)]
#[serde(transparent)]
pub(crate) struct Counter(pub(crate) u16);

/// One field in both keys, written in two ways.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Keys, pk = "LOWER#{email:lower}", sk = "EMAIL#{email}#{name:lower}", name = lowered)]
pub(crate) struct Lowered {
    pub(crate) email: String,
    pub(crate) name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Keys, pk = "TENANT#{tenant}", sk = "RAW#{code:05}#{name:raw}", name = raw)]
pub(crate) struct Raw {
    pub(crate) tenant: String,
    pub(crate) code: u16,
    pub(crate) name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Keys, pk = "TENANT#{tenant}", sk = "{{BRACES}}#{a}", name = braces)]
pub(crate) struct Braces {
    pub(crate) tenant: String,
    pub(crate) a: String,
}

/// Index keys with optional parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Keys, pk = "TENANT#{tenant}", sk = "SPARSE#{a}", name = sparse)]
#[entity(index(GSI1, name = by_owner, pk = "OWNER#{owner}", sk = "RANK#{rank}#{a}"))]
#[entity(index(LSI1, name = by_note, sk = "NOTE#{note}"))]
pub(crate) struct Sparse {
    pub(crate) tenant: String,
    pub(crate) a: String,
    pub(crate) owner: Option<String>,
    pub(crate) rank: Option<u8>,
    pub(crate) note: Option<String>,
}

impl Status {
    pub(crate) const ALL: [Self; 4] = [Self::Done, Self::DoneLate, Self::Hostile, Self::Accented];

    /// What stands in the key, unescaped.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Done => "Done",
            Self::DoneLate => "DoneLate",
            Self::Hostile => "Done#Late",
            Self::Accented => "é %",
        }
    }
}
