//! Reads shards in rounds: a page of each that may be read, then a look for new ones.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use aws_sdk_dynamodb::config::AsyncSleep as _;
use aws_sdk_dynamodbstreams::{
    error::{ProvideErrorMetadata, SdkError},
    types::{ShardIteratorType, StreamStatus},
};

use super::{
    Counts, Follow,
    shards::{Place, Shards},
};
use crate::{
    change::{Change, Changes},
    db::Call,
    error::{Error, Operation},
    sleep::TimerSleep,
    table::Table,
};

/// What every pause counts for at the least, so that those without length have an end.
const LEAST_PAUSE: Duration = Duration::from_millis(1);

/// How often a list is asked for again that has a closed shard without its children.
const LISTINGS: usize = 20;

/// How often in a row the service may be asked in vain, since it throttles, beside what the SDK's client tries by itself.
const PATIENCE: usize = 40;

/// A stream that is being read.
pub(super) struct Reader<T> {
    follow: Follow<T>,
    arn: String,
    skipped: Arc<Counts>,
    shards: Shards,
    /// Where the next page of a shard begins, if that was asked already.
    iterators: HashMap<String, String>,
    /// The shards that have their turn in this round.
    turns: VecDeque<String>,
    /// Whether this round found nothing new.
    quiet: bool,
    /// Whether a request failed: nothing comes after that.
    failed: bool,
    /// How long there was nothing new.
    idle: Duration,
    /// Whether the stream was switched off.
    disabled: bool,
    /// How often in a row the service throttled.
    throttled: usize,
    /// What was read and not yet given.
    page: Changes<T>,
}

impl<T: Table> Reader<T> {
    pub(super) async fn start(follow: Follow<T>, skipped: Arc<Counts>) -> Result<Self, Error> {
        let arn = match &follow.arn {
            Some(arn) => arn.clone(),
            None => follow.db.stream_arn().await?,
        };
        let mut reader = Self {
            follow,
            arn,
            skipped,
            shards: Shards::default(),
            iterators: HashMap::new(),
            turns: VecDeque::new(),
            quiet: false,
            failed: false,
            idle: Duration::ZERO,
            disabled: false,
            throttled: 0,
            page: Changes::new(Vec::new()),
        };
        reader.look_for_shards().await?;
        if reader.follow.latest {
            // The children of a closed shard, once they are listed, would be read from their oldest record on.
            let mut listings = 0;
            while !reader.disabled && reader.shards.lacks_children() && listings < LISTINGS {
                reader.pause().await;
                reader.look_for_shards().await?;
                listings += 1;
            }
            reader.shards.skip_to_latest();
            // Now, not when the first change is asked for: what is written in between is to be given.
            let open: Vec<String> = reader.shards.readable().map(str::to_owned).collect();
            for shard in open {
                // It may be throttled; without an iterator the shard would begin at a later record.
                while reader.begin(&shard).await?.is_none() && reader.shards.place(&shard) != Some(&Place::End) {}
            }
        }
        reader.begin_round();
        Ok(reader)
    }

    /// The next change, when there is one; `None` at the end.
    pub(super) async fn next(&mut self) -> Option<Result<Change<T>, Error>> {
        loop {
            let before = self.page.skipped();
            let change = self.page.next();
            self.skipped.add(self.page.skipped().since(before));
            if change.is_some() {
                return change;
            }
            if self.failed {
                return None;
            }
            match self.read_on().await {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    self.failed = true;
                    return Some(Err(error));
                }
            }
        }
    }

    /// Reads one page, or ends a round; `false` at the end of it all.
    async fn read_on(&mut self) -> Result<bool, Error> {
        if let Some(shard) = self.turns.pop_front() {
            self.read(&shard).await?;
            return Ok(true);
        }
        if self.quiet || (self.shards.may_grow() && !self.disabled) {
            let grown = self.look_for_shards().await?;
            self.quiet &= !grown;
        }
        if self.quiet {
            let at_end = self.disabled && self.shards.at_end();
            if at_end || self.follow.idle.is_some_and(|limit| self.idle >= limit) {
                return Ok(false);
            }
            self.pause().await;
            self.idle = self.idle.saturating_add(self.follow.pause.max(LEAST_PAUSE));
        }
        self.begin_round();
        Ok(true)
    }

    fn begin_round(&mut self) {
        self.turns = self.shards.readable().map(str::to_owned).collect();
        self.quiet = true;
    }

    /// Reads the shard's next page.
    async fn read(&mut self, shard: &str) -> Result<(), Error> {
        let iterator = match self.iterators.get(shard).cloned() {
            Some(iterator) => iterator,
            None => match self.begin(shard).await? {
                Some(iterator) => iterator,
                None => return Ok(()),
            },
        };
        let answer = match self.follow.client.get_records().shard_iterator(iterator).send().await {
            Ok(answer) => answer,
            Err(error) => return self.survive(shard, error).await,
        };
        self.throttled = 0;
        let records = answer.records.unwrap_or_default();
        let last = records.iter().rev().find_map(|record| record.dynamodb()?.sequence_number());
        let last = last.map(|number| Place::Behind(number.to_owned()));
        if let Some(iterator) = answer.next_shard_iterator {
            self.iterators.insert(shard.to_owned(), iterator);
            if let Some(last) = last {
                self.shards.set(shard, last);
            }
            self.quiet &= records.is_empty();
        } else {
            self.iterators.remove(shard);
            self.shards.set(shard, Place::End);
            self.quiet = false;
        }
        if !records.is_empty() {
            self.idle = Duration::ZERO;
        }
        self.page = Changes::from_records(records);
        Ok(())
    }

    /// Asks where the shard's next page begins; `None` if the shard has nothing more.
    async fn begin(&mut self, shard: &str) -> Result<Option<String>, Error> {
        let (kind, behind) = match self.shards.place(shard) {
            Some(Place::Oldest) => (ShardIteratorType::TrimHorizon, None),
            Some(Place::Latest) => (ShardIteratorType::Latest, None),
            Some(Place::Behind(number)) => (ShardIteratorType::AfterSequenceNumber, Some(number.clone())),
            Some(Place::End) | None => return Ok(None),
        };
        let request = self.follow.client.get_shard_iterator().stream_arn(&self.arn).shard_id(shard);
        let iterator = match request.shard_iterator_type(kind).set_sequence_number(behind).send().await {
            Ok(answer) => answer.shard_iterator,
            Err(error) => {
                self.survive(shard, error).await?;
                return Ok(None);
            }
        };
        match &iterator {
            Some(iterator) => drop(self.iterators.insert(shard.to_owned(), iterator.clone())),
            None => self.shards.set(shard, Place::End),
        }
        Ok(iterator)
    }

    /// What becomes of a shard that could not be read: it has its turn again in the next round, or is over, if nothing that
    /// was to be given is lost.
    async fn survive<E>(&mut self, shard: &str, error: SdkError<E>) -> Result<(), Error>
    where
        E: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static,
    {
        let code = error.as_service_error().and_then(ProvideErrorMetadata::code).unwrap_or_default();
        match (code, self.shards.place(shard).cloned()) {
            // An iterator lasts a quarter of an hour. From the latest record on, a new one could begin at a later one.
            ("ExpiredIteratorException", Some(Place::Oldest | Place::Behind(_))) => {}
            // What was to be the oldest record has left the stream meanwhile, and perhaps the whole shard has.
            ("TrimmedDataAccessException" | "ResourceNotFoundException", Some(Place::Oldest)) => {
                self.look_for_shards().await?;
                if !self.shards.is_listed(shard) {
                    self.shards.set(shard, Place::End);
                } else if code == "ResourceNotFoundException" {
                    return Err(self.refused(error));
                }
            }
            // From the same iterator: another one could begin at a later record.
            (code, Some(_)) if is_throttle(code) && self.has_patience().await => {
                self.quiet = false;
                return Ok(());
            }
            _ => return Err(self.refused(error)),
        }
        self.iterators.remove(shard);
        self.quiet = false;
        Ok(())
    }

    /// Learns which shards there are now; whether there are any that were not known.
    async fn look_for_shards(&mut self) -> Result<bool, Error> {
        let mut listed = Vec::new();
        let mut behind = None;
        loop {
            let request = self.follow.client.describe_stream().stream_arn(&self.arn);
            let sent = request.set_exclusive_start_shard_id(behind.clone()).send().await;
            let answer = match sent {
                Ok(answer) => answer,
                Err(error) => {
                    let code = error.as_service_error().and_then(ProvideErrorMetadata::code);
                    if code.is_some_and(is_throttle) && self.has_patience().await {
                        continue;
                    }
                    return Err(self.refused(error));
                }
            };
            self.throttled = 0;
            let Some(stream) = answer.stream_description else { break };
            self.disabled = stream.stream_status == Some(StreamStatus::Disabled);
            listed.extend(stream.shards.unwrap_or_default());
            behind = stream.last_evaluated_shard_id;
            if behind.is_none() {
                break;
            }
        }
        Ok(self.shards.learn(listed))
    }

    /// Waits, unless the service has asked for patience too often.
    async fn has_patience(&mut self) -> bool {
        self.throttled += 1;
        if self.throttled > PATIENCE {
            return false;
        }
        self.pause().await;
        true
    }

    async fn pause(&self) {
        match self.follow.client.config().sleep_impl() {
            Some(sleep) => sleep.sleep(self.follow.pause).await,
            None => TimerSleep::default().sleep(self.follow.pause).await,
        }
    }

    fn refused<E>(&self, error: SdkError<E>) -> Error
    where
        E: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static,
    {
        self.follow.db.classify(Call::new(None, Operation::Follow)).error(error)
    }
}

/// Whether the service asks for patience.
fn is_throttle(code: &str) -> bool {
    matches!(
        code,
        "LimitExceededException"
            | "ProvisionedThroughputExceededException"
            | "RequestLimitExceeded"
            | "ThrottlingException"
    )
}
