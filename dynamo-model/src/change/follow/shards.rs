//! A stream's shards: which of them may be read, and how far each is.

use aws_sdk_dynamodbstreams::types as sdk;

/// The shards that are known, in the order in which the stream listed them.
#[derive(Debug, Default)]
pub(super) struct Shards {
    shards: Vec<Shard>,
}

#[derive(Debug)]
struct Shard {
    id: String,
    parent: Option<String>,
    place: Place,
}

/// How far a shard was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing of it.
    Oldest,
    /// What was there when the reader began is passed over.
    Latest,
    /// Up to this sequence number.
    Behind(String),
    /// To its end: it is closed.
    End,
}

impl Shards {
    /// Takes note of all that the stream lists now, and says whether there was a shard among it that was not known.
    ///
    /// A shard that is no longer listed has lost its last record.
    pub(super) fn learn(&mut self, listed: Vec<sdk::Shard>) -> bool {
        let listed: Vec<(String, Option<String>)> =
            listed.into_iter().filter_map(|shard| Some((shard.shard_id?, shard.parent_shard_id))).collect();
        self.shards.retain(|shard| listed.iter().any(|(id, _)| *id == shard.id));
        let known = self.shards.len();
        for (id, parent) in listed {
            if self.shards.iter().all(|shard| shard.id != id) {
                self.shards.push(Shard { id, parent, place: Place::Oldest });
            }
        }
        self.shards.len() > known
    }

    /// Passes over all that the shards hold now: those that were split are at their end.
    pub(super) fn skip_to_latest(&mut self) {
        let parents: Vec<String> = self.shards.iter().filter_map(|shard| shard.parent.clone()).collect();
        for shard in &mut self.shards {
            shard.place = if parents.contains(&shard.id) { Place::End } else { Place::Latest };
        }
    }

    /// The shards that may be read: those that are not at their end, and whose parent is.
    ///
    /// An item's records are in one shard, and after that in its children: so read, they come in order.
    pub(super) fn readable(&self) -> impl Iterator<Item = &str> {
        let unread = |id: &str| self.shards.iter().any(|shard| shard.id == id && shard.place != Place::End);
        let readable = move |shard: &&Shard| shard.place != Place::End && !shard.parent.as_deref().is_some_and(unread);
        self.shards.iter().filter(readable).map(|shard| &*shard.id)
    }

    /// Whether there is a shard at its end whose children are not listed yet, or never will be.
    pub(super) fn may_grow(&self) -> bool {
        let is_parent = |id: &str| self.shards.iter().any(|shard| shard.parent.as_deref() == Some(id));
        self.shards.iter().any(|shard| shard.place == Place::End && !is_parent(&shard.id))
    }

    /// Whether every shard is at its end.
    pub(super) fn at_end(&self) -> bool {
        self.shards.iter().all(|shard| shard.place == Place::End)
    }

    /// How far the shard was read.
    pub(super) fn place(&self, id: &str) -> Option<&Place> {
        self.shards.iter().find(|shard| shard.id == id).map(|shard| &shard.place)
    }

    pub(super) fn set(&mut self, id: &str, place: Place) {
        if let Some(shard) = self.shards.iter_mut().find(|shard| shard.id == id) {
            shard.place = place;
        }
    }
}
