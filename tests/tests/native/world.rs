//! Random items, often equal to one another or next to it: in a table, and in memory as what the table should give.

use dynamo_model::{Db, Entity, EpochSeconds, Table as _, Timestamp, value::Item};
use dynamo_model_tests::Engine;
use proptest::{collection::vec, option, prelude::*, sample::select};

use crate::{
    model::{Bytes, Native, Note, Org, Price, Status, Stray, Task},
    text::hostile,
};

/// The time at which all queries run, in seconds: to come, as DynamoDB Local deletes what has expired by its own clock.
pub(crate) const NOW: u64 = 4_102_444_800;

/// What an item is made of; its entity is decided by `kind`.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    kind: u8,
    pub(crate) org: String,
    pub(crate) status: Status,
    pub(crate) place: char,
    pub(crate) rank: i64,
    pub(crate) label: Option<String>,
    pub(crate) at: Timestamp,
    pub(crate) number: u128,
    pub(crate) hash: Vec<u8>,
    pub(crate) price: Option<f64>,
    pub(crate) second: Vec<u8>,
    pub(crate) text: String,
    expires: Option<u64>,
}

/// What was stored.
#[derive(Default)]
pub(crate) struct World {
    pub(crate) tasks: Vec<Task>,
    pub(crate) notes: Vec<Note>,
    items: Vec<Item>,
}

/// The largest number of 38 digits, and one of 39 that has few significant ones.
const LARGE: [u128; 4] = [u64::MAX as u128, u64::MAX as u128 + 1, 10_u128.pow(38) - 1, 3 * 10_u128.pow(38)];

pub(crate) fn drafts(sizes: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Draft>> {
    (vec(hostile(), 3), vec(raw(), sizes)).prop_map(|(pool, drafts)| {
        let drafts = drafts.into_iter().map(|(draft, at, near)| {
            let end = ["\0", "\u{1}", "#", "\u{10ffff}"].get(near).unwrap_or(&"");
            let text = match near {
                4 => beneath(&pool[at]),
                _ => format!("{}{end}", pool[at]),
            };
            Draft { label: draft.label.map(|_| text), ..draft }
        });
        drafts.collect()
    })
}

/// A text below this one, and above all that are shorter and begin otherwise.
fn beneath(text: &str) -> String {
    let mut text = text.to_owned();
    let end = text.pop().and_then(|end| char::from_u32(u32::from(end).checked_sub(1)?));
    text.extend(end);
    text.push_str("zz");
    text
}

fn raw() -> impl Strategy<Value = (Draft, usize, usize)> {
    let rank = prop_oneof![3 => -2..=2_i64, 1 => any::<i64>(), 1 => Just(i64::MIN), 1 => Just(i64::MAX)];
    let number = prop_oneof![3 => 0..4_u128, 1 => select(&LARGE[..])];
    let bytes = || vec(prop_oneof![3 => select(&[0_u8, 1, 127, 128, 254, 255][..]), 1 => any::<u8>()], 1..4);
    let price = option::weighted(0.8, select(&[-1e20, -1.5, -0.25, 0.0, 0.25, 0.75, 1.0, 1.25, 100.0, 1e20][..]));
    let expires = option::weighted(0.2, prop_oneof![NOW - 1..=NOW + 1]);
    let place = select(&['a', '#', '\0', '\u{10ffff}'][..]);
    let status = prop_oneof![2 => Just(Status::InProgress), 1 => Just(Status::Done)];
    let keys = (0..10_u8, any::<bool>(), status, place, rank, option::weighted(0.8, Just(String::new())));
    let rest = ((-2..2_i64, number), bytes(), price, bytes(), hostile(), expires);
    (keys, rest, 0..3_usize, 0..12_usize).prop_map(
        |(
            (kind, other, status, place, rank, label),
            ((at, number), hash, price, second, text, expires),
            pool,
            near,
        )| {
            let draft = Draft {
                kind,
                org: if other { "org#" } else { "org" }.to_owned(),
                status,
                place,
                rank,
                label,
                at: Timestamp::from_millis(at).expect("near the epoch"),
                number,
                // Few partitions.
                hash: vec![hash[0] & 1],
                price,
                second,
                text,
                expires,
            };
            (draft, pool, near)
        },
    )
}

impl Draft {
    /// Puts the draft into partitions that no other case uses.
    pub(crate) fn settle(mut self, case: u32) -> Self {
        self.org.insert_str(0, &format!("{case:06}"));
        self.hash.splice(0..0, case.to_be_bytes());
        self
    }

    pub(crate) fn status_name(&self) -> String {
        match self.status {
            Status::InProgress => "in-progress",
            Status::Done => "done # ",
        }
        .to_owned()
    }

    pub(crate) fn rank_of_note(&self) -> i8 {
        i8::try_from(self.rank.clamp(-128, 127)).expect("clamped")
    }

    pub(crate) fn serial_of_note(&self) -> i32 {
        i32::try_from(self.number).unwrap_or(-1)
    }

    pub(crate) fn date(&self) -> chrono::NaiveDate {
        chrono::NaiveDate::from_num_days_from_ce_opt(719_163 + i32::try_from(self.at.as_millis()).expect("small"))
            .expect("a date of 1970")
    }

    pub(crate) fn task(&self, id: &str) -> Task {
        let this = self.clone();
        Task {
            id: id.to_owned(),
            org: Org(this.org),
            status: this.status,
            place: this.place,
            rank: this.rank,
            label: this.label,
            at: this.at,
            number: this.number,
            hash: Bytes(this.hash),
            price: this.price.map(Price),
            second: Bytes(this.second),
            text: this.text,
            expires: this.expires.map(EpochSeconds::new),
        }
    }

    pub(crate) fn note(&self, id: &str) -> Note {
        let this = self.clone();
        Note {
            id: id.to_owned(),
            org: this.org,
            status: self.status_name(),
            rank: self.rank_of_note(),
            label: this.label.unwrap_or_else(|| "label".to_owned()),
            at: self.price.map(|_| self.date()),
            serial: self.serial_of_note(),
            text: this.text,
        }
    }
}

impl World {
    pub(crate) fn new(drafts: &[Draft]) -> Self {
        let mut world = Self::default();
        for (at, draft) in drafts.iter().enumerate() {
            let id = format!("{}{at}", draft.org);
            match draft.kind {
                0..6 => {
                    let task = draft.task(&id);
                    world.items.push(task.to_item().expect("short texts"));
                    if draft.expires.is_none_or(|expires| expires > NOW) {
                        world.tasks.push(task);
                    }
                }
                6..9 => {
                    let note = draft.note(&id);
                    world.items.push(note.to_item().expect("short texts"));
                    world.notes.push(note);
                }
                _ => {
                    let Draft { org, label, rank, .. } = draft.clone();
                    let stray = Stray { id, org, label: label.unwrap_or_else(|| "stray".to_owned()), rank: Some(rank) };
                    world.items.push(stray.to_item().expect("short texts"));
                }
            }
        }
        world
    }

    pub(crate) async fn store(&self, db: &Db<Native>) {
        for item in &self.items {
            let put = db.client().put_item().table_name(db.table_name()).set_item(Some(item.clone()));
            put.send().await.expect("the item is written");
        }
    }
}

/// The table, empty, on a client that no other test has.
pub(crate) async fn table(engine: &Engine, test: &str) -> Db<Native> {
    let now =
        Timestamp::from_secs(i64::try_from(NOW).expect("a time of this century")).expect("a time of this century");
    let db = Native::db(engine.client(test)).with_clock(move || now);
    db.create_table().await.expect("the table is created");
    db
}
