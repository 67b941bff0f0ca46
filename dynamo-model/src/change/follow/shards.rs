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
    /// Whether the stream's last list has it.
    listed: bool,
    /// Whether it takes no more records: its children do.
    closed: bool,
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
    /// A shard that is not listed is kept: its last record may have left the stream, or the list may be behind.
    pub(super) fn learn(&mut self, listed: Vec<sdk::Shard>) -> bool {
        self.shards.iter_mut().for_each(|shard| shard.listed = false);
        let known = self.shards.len();
        for sdk::Shard { shard_id, parent_shard_id: parent, sequence_number_range, .. } in listed {
            let Some(id) = shard_id else { continue };
            let closed = sequence_number_range.is_some_and(|range| range.ending_sequence_number.is_some());
            match self.shards.iter_mut().find(|shard| shard.id == id) {
                Some(shard) => {
                    shard.listed = true;
                    shard.closed |= closed;
                }
                None => self.shards.push(Shard { id, parent, place: Place::Oldest, listed: true, closed }),
            }
        }
        self.shards.len() > known
    }

    /// Passes over all that the shards hold now: those that are closed are at their end.
    pub(super) fn skip_to_latest(&mut self) {
        let parents: Vec<String> = self.shards.iter().filter_map(|shard| shard.parent.clone()).collect();
        for shard in &mut self.shards {
            let is_over = shard.closed || parents.contains(&shard.id);
            shard.place = if is_over { Place::End } else { Place::Latest };
        }
    }

    /// Whether a closed shard's children are not listed yet.
    pub(super) fn lacks_children(&self) -> bool {
        self.shards.iter().any(|shard| shard.closed && shard.listed && !self.is_parent(&shard.id))
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
        self.shards.iter().any(|shard| shard.listed && shard.place == Place::End && !self.is_parent(&shard.id))
    }

    fn is_parent(&self, id: &str) -> bool {
        self.shards.iter().any(|shard| shard.parent.as_deref() == Some(id))
    }

    /// Whether every shard is at its end.
    pub(super) fn at_end(&self) -> bool {
        self.shards.iter().all(|shard| shard.place == Place::End)
    }

    /// Whether the stream's last list has the shard.
    pub(super) fn is_listed(&self, id: &str) -> bool {
        self.shards.iter().any(|shard| shard.id == id && shard.listed)
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
