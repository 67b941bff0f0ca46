//! The report for programs.

use std::error::Error as StdError;

use dynamo_model::{
    Db, Table as _,
    value::{self, Item},
};
use serde::Serialize;
use serde_json::{Map, Value};

use super::Run;
use crate::{Answer, Codexflow};

#[derive(Serialize)]
struct Report<'a> {
    items: Vec<Map<String, Value>>,
    patterns: Vec<Pattern<'a>>,
}

#[derive(Serialize)]
struct Pattern<'a> {
    name: &'a str,
    request: Request<'a>,
    /// Capacity units.
    cost: f64,
    result: Vec<Map<String, Value>>,
}

#[derive(Serialize)]
struct Request<'a> {
    operation: &'a str,
    /// In one line, with names and values in place of placeholders.
    text: String,
    /// In DynamoDB's JSON.
    body: &'a dynamo_model::explain::Explanation,
}

/// One JSON object: `items`, all that the table holds in the order of its keys, and `patterns`, each with its name, its
/// request, its cost and its result, whose items have the same form.
///
/// # Errors
///
/// The failures of the SDK and the service; an item that has no JSON form.
pub async fn json(run: &Run, db: &Db<Codexflow>) -> Result<String, Box<dyn StdError + Send + Sync>> {
    let patterns = run.answers.iter().map(pattern).collect::<Result<_, _>>()?;
    let report = Report { items: stored_items(db).await?, patterns };
    Ok(serde_json::to_string_pretty(&report)?)
}

/// Every item as it is stored, whatever it is: the SDK's client is there for what the library does not do.
async fn stored_items(db: &Db<Codexflow>) -> Result<Vec<Map<String, Value>>, Box<dyn StdError + Send + Sync>> {
    let scan = db.client().scan().table_name(db.table_name()).consistent_read(true);
    let items: Vec<Item> = scan.into_paginator().items().send().try_collect().await?;
    let mut items = items.into_iter().map(value::from_item).collect::<Result<Vec<Map<String, Value>>, _>>()?;
    let key = Codexflow::SCHEMA.table.key;
    let text = |item: &Map<String, Value>, attribute| item.get(attribute).and_then(Value::as_str).map(str::to_owned);
    items.sort_by_cached_key(|item| (text(item, key.partition), key.sort.and_then(|sort| text(item, sort))));
    Ok(items)
}

fn pattern(answer: &Answer) -> Result<Pattern<'_>, Box<dyn StdError + Send + Sync>> {
    let item = |item: &Codexflow| Ok::<_, Box<dyn StdError + Send + Sync>>(value::from_item(item.to_item()?)?);
    let request =
        Request { operation: answer.request.operation(), text: answer.request.to_string(), body: &answer.request };
    let result = answer.items.iter().map(item).collect::<Result<_, _>>()?;
    Ok(Pattern { name: answer.name, request, cost: answer.cost.total, result })
}
