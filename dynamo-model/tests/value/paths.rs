//! A read that fails says where, and what was expected there.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use dynamo_model::value::{DecodeError, Item, from_item, to_item};
use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

use crate::types::{External, Internal, Status, Strict};

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "the fields are there to be read")]
struct Project {
    tasks: Vec<Task>,
    limits: HashMap<String, Limit>,
    by_rank: BTreeMap<u8, Task>,
    shape: External,
    pair: (u8, Status),
    #[serde(default)]
    strict: Option<Strict>,
    #[serde(default)]
    internal: Option<Internal>,
    #[serde(flatten)]
    rest: BTreeMap<String, u32>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "the fields are there to be read")]
struct Task {
    due: String,
    status: Status,
    points: Option<u8>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "the fields are there to be read")]
struct Limit {
    max: u32,
}

fn project() -> Value {
    let task = json!({ "due": "2026-03-01", "status": "OPEN", "points": 3 });
    json!({
        "tasks": [task, task, task, task],
        "limits": { "seats": { "max": 5 }, "a b": { "max": 6 } },
        "by_rank": { "1": task },
        "shape": { "Struct": { "radius": 1, "name": null } },
        "pair": [1, "DONE"],
    })
}

fn read<T: DeserializeOwned + fmt::Debug>(value: &impl Serialize) -> DecodeError {
    from_item::<T>(to_item(value).unwrap()).unwrap_err()
}

/// The message of reading the project with one value of it, at a JSON pointer, replaced or added.
fn with(pointer: &str, replacement: Value) -> String {
    let mut project = project();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match project.pointer_mut(parent).unwrap() {
        Value::Array(list) => list[name.parse::<usize>().unwrap()] = replacement,
        parent => parent[name] = replacement,
    }
    read::<Project>(&project).to_string()
}

fn without(parent: &str, name: &str) -> String {
    let mut project = project();
    project.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name).unwrap();
    read::<Project>(&project).to_string()
}

#[test]
fn the_project_reads_as_it_is() {
    from_item::<Project>(to_item(&project()).unwrap()).unwrap();
}

#[test]
fn wrong_types() {
    assert_eq!(with("/tasks/3/due", json!(7)), "`tasks[3].due`: expected a string (S), found a number (N)");
    assert_eq!(with("/tasks/0/points", json!("7")), "`tasks[0].points`: expected a number (N), found a string (S)");
    assert_eq!(with("/tasks/1", json!(null)), "`tasks[1]`: expected a map (M), found null (NULL)");
    assert_eq!(with("/tasks", json!({})), "`tasks`: expected a list (L), found a map (M)");
    assert_eq!(with("/pair/0", json!(true)), "`pair[0]`: expected a number (N), found a boolean (BOOL)");
    assert_eq!(
        with("/pair/1", json!(2)),
        "`pair[1]`: expected a variant: a string (S) or a map (M), found a number (N)"
    );
}

#[test]
fn numbers_that_do_not_fit() {
    assert_eq!(
        with("/tasks/2/points", json!(256)),
        "`tasks[2].points`: expected a number (N) that fits `u8`, found another"
    );
    assert_eq!(
        with("/limits/seats/max", json!(1.5)),
        "`limits.seats.max`: expected a number (N) that fits `u32`, found another"
    );
}

#[test]
fn map_keys() {
    let message = with("/limits/a b/max", json!("six"));
    assert_eq!(message, r#"`limits["a b"].max`: expected a number (N), found a string (S)"#);
    let message = with("/by_rank/1/due", json!(false));
    assert_eq!(message, r#"`by_rank["1"].due`: expected a string (S), found a boolean (BOOL)"#);
    let message = with("/by_rank/first", json!({ "due": "", "status": "OPEN" }));
    assert_eq!(message, "`by_rank.first`: expected a key that is the text of a number that fits `u8`, found another");
}

#[test]
fn missing_fields() {
    assert_eq!(without("/tasks/1", "status"), "`tasks[1].status` is missing");
    assert_eq!(without("", "shape"), "`shape` is missing");
    assert_eq!(without("/shape/Struct", "radius"), "`shape.Struct.radius` is missing");
    // Buffered by serde, so only the field that is missing has a name.
    assert_eq!(with("/internal", json!({ "type": "struct" })), "`internal.radius` is missing");
    assert_eq!(with("/internal", json!({})), "`internal.type` is missing");
}

#[test]
fn fields_that_do_not_belong() {
    assert_eq!(
        with("/strict", json!({ "id": 1, "name": "", "more": 1 })),
        "`strict.more` is not a field of the type; expected `id`, `label` or `name`"
    );
    assert_eq!(
        with("/strict", json!({ "id": 1, "name": "", "label": "" })),
        "`strict.name` is there twice, under a field's name and its alias"
    );
}

#[test]
fn variants() {
    let names = "`Unit`, `Newtype`, `NewtypeOption`, `Tuple` or `Struct`";
    assert_eq!(with("/shape", json!("Square")), format!("`shape`: expected {names}, found another name"));
    assert_eq!(with("/shape", json!({ "Square": 1 })), format!("`shape`: expected {names}, found another name"));
    assert_eq!(
        with("/shape", json!({ "Unit": 1, "Newtype": 2 })),
        "`shape`: expected a map (M) with a variant's name as its only key, found 2 keys"
    );
    assert_eq!(
        with("/shape", json!({ "Tuple": [1, 2] })),
        "`shape.Tuple[1]`: expected a string (S), found a number (N)"
    );
    assert_eq!(with("/shape", json!("Newtype")), "`shape`: expected newtype variant, found a string (S)");
    assert_eq!(
        with("/shape", json!({ "Tuple": [1] })),
        "`shape.Tuple`: expected tuple variant External::Tuple with 2 elements, found a length of 1"
    );
    assert_eq!(
        with("/tasks/0/status", json!("open")),
        "`tasks[0].status`: expected `OPEN`, `IN_PROGRESS` or `DONE`, found another name"
    );
}

#[test]
fn below_flatten_the_path_ends_at_the_parent() {
    assert_eq!(with("/other", json!("text")), "expected u32, found a string (S)");
}

#[test]
fn the_whole_item() {
    assert_eq!(read::<String>(&json!({})).to_string(), "expected a string (S), found a map (M)");
    assert_eq!(read::<String>(&json!({})).path(), "");
}

/// Takes keys and values one after the other: the first key as a number, the others as texts of its own.
#[derive(Debug)]
struct OneByOne;

impl<'de> Deserialize<'de> for OneByOne {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneByOneVisitor;

        impl<'de> Visitor<'de> for OneByOneVisitor {
            type Value = OneByOne;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<OneByOne, A::Error> {
                map.next_key::<u8>()?;
                map.next_value::<String>()?;
                while map.next_key::<String>()?.is_some() {
                    map.next_value::<u8>()?;
                }
                Ok(OneByOne)
            }
        }

        deserializer.deserialize_map(OneByOneVisitor)
    }
}

#[test]
fn a_key_that_its_visitor_took_is_a_star() {
    let error = read::<BTreeMap<String, Option<OneByOne>>>(&json!({ "outer": { "1": "x", "2": "y" } }));
    assert_eq!(error.to_string(), "`outer.*`: expected a number (N), found a string (S)");
    let error = read::<BTreeMap<String, Option<OneByOne>>>(&json!({ "outer": { "1": 1 } }));
    assert_eq!(error.to_string(), r#"`outer["1"]`: expected a string (S), found a number (N)"#);
}

#[test]
fn errors_travel() {
    fn travels<E: std::error::Error + Send + Sync + 'static>(_: &E) {}
    let error = from_item::<Strict>(Item::new()).unwrap_err();
    travels(&error);
    assert_eq!(error.path(), "id");
    assert_eq!(error.reveal(), None);
}
