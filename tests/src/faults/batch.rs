//! Batches of which a share is done.

use serde_json::{Map, Value, json};

/// A batch operation. Both have `RequestItems` with an entry for each table; they differ in what an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Batch {
    /// An entry is the list of its writes.
    Write,
    /// An entry has the list `Keys` beside what holds for all of them: projection, names, consistency.
    Get,
}

/// How much of a batch is passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Share {
    /// At least one element, not all if there are two. The number chooses them.
    Part(u64),
    /// No element.
    Nothing,
}

/// A batch in two.
#[derive(Debug)]
pub(super) struct Split {
    /// The request's body with the elements that are passed on; `None` if there are none.
    pub(super) passed_on: Option<String>,
    /// The entries of the others.
    pub(super) left: Map<String, Value>,
}

impl Batch {
    pub(super) fn of(operation: &str) -> Option<Self> {
        match operation {
            "BatchWriteItem" => Some(Self::Write),
            "BatchGetItem" => Some(Self::Get),
            _ => None,
        }
    }

    /// Splits a request; `None` if it is no batch, or one without elements.
    pub(super) fn split(self, request: &[u8], share: Share) -> Option<Split> {
        let mut request: Value = serde_json::from_slice(request).ok()?;
        let entries = request.get_mut("RequestItems")?.as_object_mut()?;
        let mut elements = 0;
        for entry in entries.values_mut() {
            elements += self.elements(entry)?.len();
        }
        if elements == 0 {
            return None;
        }
        let mut chosen = choose(elements, share).into_iter();
        let mut left = Map::new();
        for (table, entry) in entries.iter_mut() {
            let all = std::mem::take(self.elements(entry)?);
            let (passed_on, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|_| chosen.next().unwrap_or_default());
            if !rest.is_empty() {
                let mut entry = entry.clone();
                *self.elements(&mut entry)? = rest;
                left.insert(table.clone(), entry);
            }
            *self.elements(entry)? = passed_on;
        }
        entries.retain(|_, entry| self.elements(entry).is_some_and(|elements| !elements.is_empty()));
        let passed_on = if entries.is_empty() { None } else { Some(request.to_string()) };
        Some(Split { passed_on, left })
    }

    /// Adds `left` to what an answer says is unprocessed; `None` if it is no answer to a batch.
    pub(super) fn merge(self, answer: &[u8], left: Map<String, Value>) -> Option<String> {
        let mut answer: Value = serde_json::from_slice(answer).ok()?;
        let unprocessed = answer.as_object_mut()?.entry(self.unprocessed()).or_insert_with(|| json!({}));
        if unprocessed.is_null() {
            *unprocessed = json!({});
        }
        let unprocessed = unprocessed.as_object_mut()?;
        for (table, mut entry) in left {
            if let Some(of_engine) = unprocessed.get_mut(&table) {
                self.elements(of_engine)?.append(self.elements(&mut entry)?);
            } else {
                unprocessed.insert(table, entry);
            }
        }
        Some(answer.to_string())
    }

    /// The answer that reports all of a batch as unprocessed.
    pub(super) fn nothing_done(self, left: &Map<String, Value>) -> Value {
        match self {
            Self::Write => json!({ "UnprocessedItems": left }),
            Self::Get => json!({ "Responses": {}, "UnprocessedKeys": left }),
        }
    }

    fn unprocessed(self) -> &'static str {
        match self {
            Self::Write => "UnprocessedItems",
            Self::Get => "UnprocessedKeys",
        }
    }

    /// The elements of a table's entry.
    fn elements(self, entry: &mut Value) -> Option<&mut Vec<Value>> {
        match self {
            Self::Write => entry.as_array_mut(),
            Self::Get => entry.get_mut("Keys")?.as_array_mut(),
        }
    }
}

/// Which of so many elements are passed on.
fn choose(elements: usize, share: Share) -> Vec<bool> {
    let Share::Part(seed) = share else { return vec![false; elements] };
    let mut random = seed;
    let mut chosen: Vec<_> = (0..elements).map(|_| next(&mut random).is_multiple_of(2)).collect();
    let passed_on = chosen.iter().filter(|chosen| **chosen).count();
    // Where chance says all or none, one element changes sides; a single one is passed on.
    if passed_on == 0 || (passed_on == elements && elements > 1) {
        let one = usize::try_from(next(&mut random) % elements as u64).unwrap_or_default();
        chosen[one] = !chosen[one];
    }
    chosen
}

/// The next number of `SplitMix64`: neighbouring seeds give unlike numbers, and the same seed always the same.
fn next(random: &mut u64) -> u64 {
    *random = random.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut number = *random;
    number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Elements, sorted.
    fn elements(batch: Batch, entries: &mut Map<String, Value>) -> Vec<String> {
        let mut all: Vec<_> = entries
            .iter_mut()
            .flat_map(|(table, entry)| {
                let elements = batch.elements(entry).expect("a list").iter();
                elements.map(move |element| format!("{table} {element}"))
            })
            .collect();
        all.sort();
        all
    }

    #[test]
    fn both_parts_together_are_the_request() {
        for tables in 1..4 {
            for each in 1..6 {
                let keys: Vec<_> = (0..each).map(|at| json!({ "PK": { "S": at.to_string() } })).collect();
                let entries = (0..tables).map(|table| {
                    let common = json!({ "Keys": keys, "ConsistentRead": true, "ProjectionExpression": "#a" });
                    (format!("t{table}"), common)
                });
                let mut request =
                    json!({ "RequestItems": entries.collect::<Map<_, _>>(), "ReturnConsumedCapacity": "TOTAL" });
                let body = request.to_string();
                for seed in 0..50 {
                    let split = Batch::Get.split(body.as_bytes(), Share::Part(seed)).expect("a batch");
                    let mut passed_on: Value = serde_json::from_str(&split.passed_on.expect("some")).expect("JSON");
                    assert_eq!(passed_on["ReturnConsumedCapacity"], "TOTAL");
                    let passed_on = passed_on["RequestItems"].as_object_mut().expect("entries");
                    let mut left = split.left;
                    for entry in passed_on.values().chain(left.values()) {
                        assert_eq!(entry["ConsistentRead"], true);
                        assert_eq!(entry["ProjectionExpression"], "#a");
                    }
                    let mut both = elements(Batch::Get, passed_on);
                    assert!(!both.is_empty());
                    assert!(both.len() < tables * each || tables * each == 1);
                    both.extend(elements(Batch::Get, &mut left));
                    both.sort();
                    assert_eq!(both, elements(Batch::Get, request["RequestItems"].as_object_mut().expect("entries")));
                }
            }
        }
    }

    #[test]
    fn seeds_choose_every_part() {
        let parts: std::collections::BTreeSet<_> = (0..200).map(|seed| choose(3, Share::Part(seed))).collect();
        assert_eq!(parts.len(), 6, "{parts:?}");
    }

    #[test]
    fn what_the_engine_leaves_stays_left() {
        let left = json!({ "a": [{ "n": 1 }], "b": [{ "n": 2 }] });
        let left = left.as_object().expect("entries").clone();
        let answer = br#"{"UnprocessedItems": {"a": [{"n": 3}], "c": [{"n": 4}]}, "ConsumedCapacity": []}"#;
        let merged: Value =
            serde_json::from_str(&Batch::Write.merge(answer, left.clone()).expect("an answer")).expect("JSON");
        assert_eq!(
            merged,
            json!({
                "UnprocessedItems": { "a": [{ "n": 3 }, { "n": 1 }], "b": [{ "n": 2 }], "c": [{ "n": 4 }] },
                "ConsumedCapacity": [],
            })
        );
        assert_eq!(Batch::Write.merge(b"{}", left.clone()), Some(json!({ "UnprocessedItems": left }).to_string()));
    }

    #[test]
    fn what_has_no_elements_is_not_split() {
        for body in ["", "[]", "{}", r#"{"RequestItems": {}}"#, r#"{"RequestItems": {"t": []}}"#] {
            assert!(Batch::Write.split(body.as_bytes(), Share::Part(0)).is_none(), "{body}");
        }
    }
}
