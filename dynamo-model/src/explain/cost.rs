//! What a request costs at least.

use std::{collections::BTreeMap, fmt};

use super::{Explanation, Member};
use crate::{
    cost::{ItemCost, READ_UNIT, units},
    schema::TableSchema,
};

/// What DynamoDB charges for a request at least: what it says itself is known, what is stored is not.
///
/// A write costs more if it replaces or deletes something larger, or moves it in an index, and less on an index whose entry
/// it does not change; a read costs a unit for each 4
/// KB that it meets, half of that if it is not consistent. [`Db::with_meter`](crate::db::Db::with_meter) tells what was
/// charged.
///
/// Source: "DynamoDB read and write operations" in the Amazon DynamoDB Developer Guide.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct RequestCost {
    /// Bytes of the items that the request carries, names included.
    pub bytes: usize,
    /// Read units.
    pub read_units: f64,
    /// Write units on the table.
    pub write_units: f64,
    /// Write units on the indexes that the request's items are in.
    pub indexes: BTreeMap<&'static str, f64>,
}

impl Explanation {
    /// What the request costs at least; nothing if it would not be sent.
    ///
    /// ```
    /// # use dynamo_model::prelude::*;
    /// # #[derive(Table)]
    /// # #[table(name = "app", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK"))]
    /// # enum App { User(User) }
    /// # #[derive(Serialize, Deserialize, Entity)]
    /// # #[entity(table = App, pk = "USER#{id}", sk = "PROFILE", index(GSI1, name = by_email, pk = "EMAIL#{email}"))]
    /// # struct User { id: String, email: String }
    /// let create = User { id: "ada".into(), email: "ada@example.com".into() }.create();
    /// assert_eq!(create.explain().cost().to_string(), "85 bytes, 1 write unit, 1 on GSI1");
    /// assert_eq!(User::get("ada").explain().cost().to_string(), "0.5 read units");
    /// ```
    #[must_use]
    pub fn cost(&self) -> RequestCost {
        let mut cost = RequestCost::default();
        if self.unsent.is_none() {
            cost.add(self, self.table, 1.0);
        }
        cost
    }

    /// On this table, whose indexes the items of the request may be in.
    pub(crate) fn on(mut self, table: &'static TableSchema) -> Self {
        self.table = Some(table);
        self
    }
}

impl RequestCost {
    /// Adds what a request costs, `times` as much as by itself.
    fn add(&mut self, request: &Explanation, table: Option<&'static TableSchema>, times: f64) {
        match request.operation {
            "GetItem" | "Query" | "Scan" => self.read_units += read(request) * count(request.requests),
            "Get" => self.read_units += units(0, READ_UNIT) * times,
            "TransactGetItems" | "TransactWriteItems" => {
                if let Some(Member::Requests(requests)) = request.member("TransactItems") {
                    // DynamoDB reads and writes the items of a transaction twice: to prepare it, and to commit it.
                    for request in requests {
                        self.add(request, table, 2.0);
                    }
                }
            }
            "BatchGetItem" => {
                for asked in tables(request) {
                    if let Member::Nested(asked) = asked
                        && let Some(Member::Items(keys)) = asked.member("Keys")
                    {
                        self.read_units += keys.iter().map(|_| read(asked)).sum::<f64>();
                    }
                }
            }
            "BatchWriteItem" => {
                for writes in tables(request) {
                    if let Member::Requests(writes) = writes {
                        for write in writes {
                            self.add(write, table, 1.0);
                        }
                    }
                }
            }
            _ => self.write(request, table, times),
        }
    }

    /// Adds the write of one item.
    fn write(&mut self, request: &Explanation, table: Option<&'static TableSchema>, times: f64) {
        let (Some(Member::Item(item)), Some(table)) = (request.member("Item"), table) else {
            // A key alone does not tell how large its item is, or in which indexes.
            self.write_units += times;
            return;
        };
        let cost = ItemCost::of_item(&item.clone().into_iter().collect(), table);
        self.bytes += cost.bytes;
        self.write_units += cost.table_write_units() * times;
        for index in &cost.indexes {
            // What is committed is written to the indexes once.
            *self.indexes.entry(index.index).or_default() += index.write_units();
        }
    }
}

/// How many requests are sent: one for each partition where items are spread.
fn count(requests: usize) -> f64 {
    u32::try_from(requests).unwrap_or(u32::MAX).into()
}

/// A read of nothing, or of very little.
fn read(request: &Explanation) -> f64 {
    let consistent = matches!(request.member("ConsistentRead"), Some(Member::Bool(true)));
    units(0, READ_UNIT) / if consistent { 1.0 } else { 2.0 }
}

fn tables(request: &Explanation) -> impl Iterator<Item = &Member> {
    let tables = match request.member("RequestItems") {
        Some(Member::Tables(tables)) => Some(tables.values().map(Box::as_ref)),
        _ => None,
    };
    tables.into_iter().flatten()
}

impl fmt::Display for RequestCost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        let unit = |count: f64| if (count - 1.0).abs() < f64::EPSILON { "unit" } else { "units" };
        if self.bytes > 0 {
            parts.push(format!("{} bytes", self.bytes));
        }
        if self.read_units > 0.0 {
            parts.push(format!("{} read {}", self.read_units, unit(self.read_units)));
        }
        if self.write_units > 0.0 {
            parts.push(format!("{} write {}", self.write_units, unit(self.write_units)));
        }
        parts.extend(self.indexes.iter().map(|(index, units)| format!("{units} on {index}")));
        if parts.is_empty() {
            return f.write_str("nothing");
        }
        f.write_str(&parts.join(", "))
    }
}
