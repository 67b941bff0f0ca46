//! The place between two pages of a query.

use std::{fmt, str::FromStr};

use aws_sdk_dynamodb::types::AttributeValue;
use base64_simd::URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Target, digest::Digest, native::NativePlace, seal::SEAL, walk::Walk};
use crate::{
    error::{CursorError, Error},
    key::{PARTITION_KEY_LIMIT, SORT_KEY_LIMIT, SortCondition},
    op::Context,
    schema::KeyAttributes,
    table::Table,
    value::Item,
};

/// A place between two items of a query: where a page ended or began, and another begins or ends.
///
/// Opaque: it goes to a client and comes back as a URL-safe text ([`Display`](fmt::Display), [`FromStr`], serde). It is
/// bound to the table, the index, the partition, the sort-key condition, the filter and the direction of its query, and no other
/// query takes it. It holds the keys of the last
/// item, on the index and on the table; give it only to who may see those.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Cursor {
    query: u64,
    /// The position of the partition, where the query reads several.
    partition: Option<u32>,
    /// The sort key on the index of the query.
    sort: Option<String>,
    /// The sort attributes, where the index is a native one.
    native: Option<NativePlace>,
    /// The primary key, where the query reads an index.
    primary: Option<(String, Option<String>)>,
    /// The signature, where the `Db` signs its cursors.
    seal: Option<[u8; SEAL]>,
}

/// The first byte of a cursor; another layout takes another number.
const VERSION: u8 = 1;

/// The first byte of a cursor that ends with a signature of all before it.
const SIGNED: u8 = 2;

/// The first byte of a cursor of a query that reads several partitions.
const SPREAD: u8 = 3;

/// The same, signed.
const SIGNED_SPREAD: u8 = 4;

/// The same for cursors of native indexes.
const NATIVE: u8 = 5;
const NATIVE_SIGNED: u8 = 6;

impl Cursor {
    /// The place of an item that the query met.
    pub(crate) fn at<Q: Walk>(query: &Q, context: &Context, item: &Item) -> Result<Self, Error> {
        Self::in_partition(None, query, context, item)
    }

    /// The same, where the query reads several partitions, of which the item lies in the one at this position.
    pub(super) fn in_partition<Q: Walk>(
        partition: Option<u32>,
        query: &Q,
        context: &Context,
        item: &Item,
    ) -> Result<Self, Error> {
        let text = |attribute: &str| match item.get(attribute) {
            Some(AttributeValue::S(text)) => Ok(text.clone()),
            _ => Err(refuse::<Q>("cannot be made: the item lacks a key attribute")),
        };
        let (sort, native) = match query.target()? {
            Target::Composed { key, .. } => (key.sort.map(|sort| text(sort.attribute)).transpose()?, None),
            Target::Native(key) => {
                let place = NativePlace::of(key, item);
                let place = place.ok_or_else(|| refuse::<Q>("cannot be made: the item lacks a key attribute"))?;
                (None, Some(place))
            }
        };
        let primary = Q::Table::SCHEMA.table.key;
        let primary = query
            .index()
            .map(|_| Ok::<_, Error>((text(primary.partition)?, primary.sort.map(text).transpose()?)))
            .transpose()?;
        let query = fingerprint(query, &context.table)?;
        let mut cursor = Self { query, partition, sort, native, primary, seal: None };
        cursor.seal = context.cursor_key.as_ref().map(|key| key.sign(&cursor.unsigned()));
        Ok(cursor)
    }

    /// DynamoDB's start key for the query, whose partition no cursor can change.
    pub(crate) fn start<Q: Walk>(&self, query: &Q, context: &Context) -> Result<Item, Error> {
        self.verify(query, context)?;
        if self.partition.is_some() {
            return Err(refuse::<Q>("belongs to another query"));
        }
        self.start_key(query)
    }

    /// The position of the partition and the sort key, for a query that reads this many partitions.
    pub(super) fn place<Q: Walk>(
        &self,
        query: &Q,
        context: &Context,
        partitions: u64,
    ) -> Result<(u32, Option<&str>), Error> {
        self.verify(query, context)?;
        match self.partition {
            Some(partition) if u64::from(partition) < partitions => Ok((partition, self.sort.as_deref())),
            _ => Err(refuse::<Q>("points outside its query")),
        }
    }

    /// Whether it was made by this query and, where cursors are signed, by whoever has the secret.
    fn verify<Q: Walk>(&self, query: &Q, context: &Context) -> Result<(), Error> {
        if let Some(key) = &context.cursor_key {
            match &self.seal {
                None => return Err(refuse::<Q>("is not signed")),
                Some(seal) if key.verify(&self.unsigned(), seal) => {}
                Some(_) => return Err(refuse::<Q>("was not signed with this secret")),
            }
        }
        if self.query != fingerprint(query, &context.table)? {
            return Err(refuse::<Q>("belongs to another query"));
        }
        Ok(())
    }

    /// DynamoDB's start key for a query of one partition.
    pub(super) fn start_key<Q: Walk>(&self, query: &Q) -> Result<Item, Error> {
        let mut item = Item::new();
        let target = query.target()?;
        if let Target::Native(key) = &target {
            let place = self.native.as_ref().filter(|place| place.lies_in(key));
            place.ok_or_else(|| refuse::<Q>("points outside its query"))?.start(key, &mut item);
        }
        let mut insert = |attribute: &str, text: &str| {
            // What the query says comes first and stays: a local index shares the table's partition key.
            item.entry(attribute.to_owned()).or_insert_with(|| AttributeValue::S(text.to_owned()));
        };
        if let Target::Composed { key, partition, condition } = target {
            insert(key.partition.attribute, partition);
            match (&key.sort, &self.sort) {
                (Some(pattern), Some(sort)) if condition.matches(sort) => insert(pattern.attribute, sort),
                (None, None) => {}
                _ => return Err(refuse::<Q>("points outside its query")),
            }
        }
        let primary: KeyAttributes = Q::Table::SCHEMA.table.key;
        match (query.index(), &self.primary) {
            (None, None) => {}
            (Some(_), Some((partition, sort))) => {
                insert(primary.partition, partition);
                match (primary.sort, sort) {
                    (Some(attribute), Some(sort)) => insert(attribute, sort),
                    (None, None) => {}
                    _ => return Err(refuse::<Q>("has another key than its query")),
                }
            }
            _ => return Err(refuse::<Q>("has another key than its query")),
        }
        Ok(item)
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.unsigned();
        if let Some(seal) = &self.seal {
            bytes[0] = match (self.partition, &self.native) {
                (Some(_), _) => SIGNED_SPREAD,
                (None, Some(_)) => NATIVE_SIGNED,
                (None, None) => SIGNED,
            };
            bytes.extend_from_slice(seal);
        }
        bytes
    }

    /// All but the signature.
    fn unsigned(&self) -> Vec<u8> {
        let version = match (self.partition, &self.native) {
            (Some(_), _) => SPREAD,
            (None, Some(_)) => NATIVE,
            (None, None) => VERSION,
        };
        let mut bytes = vec![version];
        bytes.extend_from_slice(&self.query.to_be_bytes());
        if let Some(partition) = self.partition {
            bytes.extend_from_slice(&partition.to_be_bytes());
        }
        if let Some(place) = &self.native {
            place.write(&mut bytes);
        }
        let primary = self.primary.as_ref();
        let texts = [
            self.sort.as_deref(),
            primary.map(|(partition, _)| partition.as_str()),
            primary.and_then(|(_, sort)| sort.as_deref()),
        ];
        for text in texts {
            // A key has at most 2,048 bytes; 0 stands for none, and no key is empty.
            let text = text.unwrap_or_default();
            let length = u16::try_from(text.len()).unwrap_or(u16::MAX);
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(text.as_bytes());
        }
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (&version, rest) = bytes.split_first()?;
        let (rest, seal) = match version {
            VERSION | SPREAD | NATIVE => (rest, None),
            SIGNED | SIGNED_SPREAD | NATIVE_SIGNED => {
                rest.split_last_chunk().map(|(rest, seal)| (rest, Some(*seal)))?
            }
            _ => return None,
        };
        let (query, mut rest) = rest.split_first_chunk::<8>()?;
        let mut partition = None;
        if matches!(version, SPREAD | SIGNED_SPREAD) {
            let (position, after) = rest.split_first_chunk::<4>()?;
            partition = Some(u32::from_be_bytes(*position));
            rest = after;
        }
        let is_native = matches!(version, NATIVE | NATIVE_SIGNED);
        let native = if is_native { Some(NativePlace::read(&mut rest)?) } else { None };
        let mut text = |limit: usize| -> Option<Option<String>> {
            let (length, after) = rest.split_first_chunk::<2>()?;
            let length = usize::from(u16::from_be_bytes(*length));
            let (text, after) = after.split_at_checked(length).filter(|_| length <= limit)?;
            rest = after;
            let text = std::str::from_utf8(text).ok()?;
            Some((!text.is_empty()).then(|| text.to_owned()))
        };
        let (sort, primary_partition, primary_sort) =
            (text(SORT_KEY_LIMIT)?, text(PARTITION_KEY_LIMIT)?, text(SORT_KEY_LIMIT)?);
        // A native index has no sort key of one text, and lies beside the table.
        let is_native_shape = sort.is_none() && primary_partition.is_some();
        if !rest.is_empty()
            || (primary_partition.is_none() && primary_sort.is_some())
            || (is_native && !is_native_shape)
        {
            return None;
        }
        let primary = primary_partition.map(|partition| (partition, primary_sort));
        Some(Self { query: u64::from_be_bytes(*query), partition, sort, native, primary, seal })
    }
}

fn refuse<Q: Walk>(reason: &'static str) -> Error {
    CursorError { entity: Some(Q::NAME), reason }.into()
}

/// A number that two queries share only if they read the same items in the same order.
fn fingerprint<Q: Walk>(query: &Q, table: &str) -> Result<u64, Error> {
    let target = query.target()?;
    let mut digest = Digest::new();
    digest.text(table);
    query.digest_types(&mut digest);
    digest.text(query.index().unwrap_or_default());
    match &target {
        Target::Composed { partition, condition, .. } => {
            let (kind, low, high) = match condition {
                SortCondition::All => ("all", "", ""),
                SortCondition::Nothing => ("nothing", "", ""),
                SortCondition::Equal(text) => ("=", text.as_str(), ""),
                SortCondition::BeginsWith(text) => ("begins_with", text.as_str(), ""),
                SortCondition::AtLeast(text) => (">=", text.as_str(), ""),
                SortCondition::AtMost(text) => ("<=", text.as_str(), ""),
                SortCondition::Between(low, high) => ("between", low.as_str(), high.as_str()),
            };
            for text in [partition, kind, low, high] {
                digest.text(text);
            }
        }
        Target::Native(key) => super::native::digest(key, &mut digest),
    }
    digest.text(if query.is_descending() { "descending" } else { "ascending" });
    query.digest_filter(&mut digest)?;
    Ok(digest.finish())
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode_to_string(self.to_bytes()))
    }
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cursor").finish_non_exhaustive()
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let bytes = URL_SAFE_NO_PAD.decode_to_vec(text).ok();
        bytes
            .and_then(|bytes| Self::from_bytes(&bytes))
            .ok_or(CursorError { entity: None, reason: "is not one that this release wrote" })
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
