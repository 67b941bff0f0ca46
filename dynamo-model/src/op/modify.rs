//! Reads an item, changes it in Rust, and writes what differs.

use std::{error::Error as StdError, fmt};

use aws_sdk_dynamodb::types::AttributeValue;

use super::{
    Context,
    item::{Met, is_expired, meet},
    to_item,
    transaction::read,
    update::require_present,
    write::{Act, Current, ItemWrite, Plan, Rule, follow, held_by, refused, send},
};
use crate::{
    db::{Backoff, Call, Db},
    entity::{Entity, EntityKey as _},
    error::{Declined, Error, ItemError, ItemErrorKind, Operation},
    expr::{ExpressionError, ExpressionErrorKind, UpdateText},
    key::PrimaryKey,
    schema::FieldRole,
    stamp::Stamp,
    table::Table,
    value::{self, Item, same_item, same_value},
};

const OPERATION: Operation = Operation::Modify;

/// Reads an item, applies a closure to it, and writes what differs, if nobody wrote in between; else begins again.
///
/// The write is guarded by the version or, where there is none, by every value that was read. The closure may run
/// several times, and may refuse by an error: [`Error::Declined`]. If it changes nothing, nothing is written.
///
/// It is tried as often as the [`Backoff`] of the `Db` says, or that of [`with_backoff`](Self::with_backoff):
/// [`Error::VersionConflict`] or [`Error::ConditionFailed`] after that.
#[must_use = "a request does nothing until it is sent"]
pub struct Modify<E: Entity, F> {
    key: E::Key,
    change: F,
    backoff: Option<Backoff>,
}

/// What the closure of `modify` gives: nothing, or a `Result` whose error refuses the change.
#[diagnostic::on_unimplemented(
    message = "the closure of `modify` gives `()` or a `Result<(), _>`, not `{Self}`; end it with `;`, or with `Ok(())`",
    label = "the closure gives a `{Self}`"
)]
pub trait Verdict {
    #[doc(hidden)]
    fn into_result(self) -> Result<(), Box<dyn StdError + Send + Sync>>;
}

impl Verdict for () {
    fn into_result(self) -> Result<(), Box<dyn StdError + Send + Sync>> {
        Ok(())
    }
}

impl<R: Into<Box<dyn StdError + Send + Sync>>> Verdict for Result<(), R> {
    fn into_result(self) -> Result<(), Box<dyn StdError + Send + Sync>> {
        self.map_err(Into::into)
    }
}

impl<E: Entity, F> Modify<E, F> {
    #[doc(hidden)]
    pub fn new(key: E::Key, change: F) -> Self {
        Self { key, change, backoff: None }
    }

    /// Tries as often, and waits as long, as this says.
    pub fn with_backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = Some(backoff);
        self
    }
}

impl<E: Entity, F> fmt::Debug for Modify<E, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Modify").field("entity", &E::SCHEMA.name).finish_non_exhaustive()
    }
}

impl<E: Entity, F, V> Modify<E, F>
where
    F: FnMut(&mut E) -> V + Send,
    V: Verdict,
{
    /// Changes the item, and gives it as it was written.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no item; [`Error::Declined`] if the closure refuses; [`Error::Expression`] if it
    /// changes a field of the primary key; [`Error::VersionConflict`] or [`Error::ConditionFailed`] if others wrote at
    /// every try; [`Error::OutcomeUnknown`] if no answer came and the item does not tell what became of the write: it
    /// does by its `updated_at` field, unless another write hides it; what cannot be written, and the failures of the
    /// SDK and the service.
    pub async fn send(mut self, db: &Db<E::Table>) -> Result<E, Error> {
        let owner = self.key.to_primary().map_err(|error| error.during(OPERATION))?;
        let key = value::key_item(owner.clone(), E::SCHEMA.primary.key.attributes());
        let call = Call::new(Some(E::SCHEMA.name), OPERATION);
        let mut pauses = self.backoff.unwrap_or_else(|| db.backoff()).pauses();
        let mut unknown: Option<Unknown<E>> = None;
        loop {
            let context = db.context();
            let stored = match read(db, key.clone(), call).await {
                Ok(Current::Stored(item)) => Some(item),
                Ok(Current::None) => None,
                // What became of the write is what the caller has to know, not that it could not be read.
                Err(error) => return Err(unknown.map_or(error, |earlier| earlier.error)),
            };
            if let Some(earlier) = unknown.take() {
                match earlier.became(stored.as_ref()) {
                    Became::Done(written) => return Ok(written),
                    Became::Nothing => {}
                    Became::Hidden(error) => return Err(error),
                }
            }
            let Some(change) = self.apply(stored, &owner, &context)? else {
                return Err(refused(ItemWrite::facts::<E>(OPERATION, Rule::Present), None, context.now, None));
            };
            let Change { written, after, before, plan } = match change {
                Applied::Nothing(entity) => return Ok(entity),
                Applied::Change(change) => *change,
            };
            let Err(error) = send(db, plan, context.now).await else { return Ok(written) };
            let Some(pause) = pauses.next() else { return Err(error) };
            match error {
                Error::OutcomeUnknown(_) => unknown = Some(Unknown { written, after, before, error }),
                Error::VersionConflict(_) | Error::ConditionFailed(_) | Error::NotFound(_) => {}
                error => return Err(error),
            }
            db.pause(pause).await;
        }
    }

    /// Runs the closure on what is stored; `None` if nothing is.
    fn apply(
        &mut self,
        stored: Option<Item>,
        owner: &PrimaryKey,
        context: &Context,
    ) -> Result<Option<Applied<E>>, Error> {
        let Some(stored) = stored.filter(|item| !is_expired(E::Table::SCHEMA, item, context.now)) else {
            return Ok(None);
        };
        let decode = |item: Item| match meet::<E>(item, context.now, OPERATION)? {
            Met::Entity(entity) => Ok(Some(entity)),
            Met::Expired => Ok(None),
            Met::Other(error) => Err(Error::Decode(error)),
        };
        let (Some(old), Some(mut new)) = (decode(stored.clone())?, decode(stored.clone())?) else { return Ok(None) };
        (self.change)(&mut new)
            .into_result()
            .map_err(|source| Error::Declined(Declined { entity: E::SCHEMA.name, source }))?;
        if new.key() != old.key() {
            let kind = ExpressionErrorKind::KeyChanged;
            return Err(ExpressionError::new(E::SCHEMA.name, OPERATION, kind).into());
        }
        let before = to_item(&old, OPERATION)?;
        if same_item(&before, &to_item(&new, OPERATION)?) {
            return Ok(Some(Applied::Nothing(new)));
        }
        let read = old.__version();
        new.__set_version(read);
        new.__stamp(&Stamp::put(context.now));
        if read.is_some() && new.__version() <= read {
            let kind = ItemErrorKind::VersionExhausted;
            return Err(Error::Encode(ItemError::new(E::SCHEMA.name, OPERATION, kind)));
        }
        let after = to_item(&new, OPERATION)?;
        let main = difference::<E>(&stored, &before, &after, read, context)?;
        let table = E::Table::SCHEMA.table;
        let during = |error: crate::key::KeyError| error.during(OPERATION);
        let held = if E::SCHEMA.uniques.is_empty() {
            Vec::new()
        } else {
            let (old, new) = (held_by(&old).map_err(during)?, held_by(&new).map_err(during)?);
            let expires = |item: &Item| table.ttl.and_then(|ttl| item.get(ttl).cloned());
            if old == new && expires(&stored) == expires(&after) {
                Vec::new()
            } else {
                follow::<E>(OPERATION, context, owner, old, new, expires(&after).as_ref())
            }
        };
        let plan = Plan { main, held };
        Ok(Some(Applied::Change(Box::new(Change { written: new, after, before: stored, plan }))))
    }
}

/// What a closure did to an item.
enum Applied<E> {
    Nothing(E),
    Change(Box<Change<E>>),
}

struct Change<E> {
    written: E,
    /// The item as it is after the write.
    after: Item,
    /// The item as it was read.
    before: Item,
    plan: Plan,
}

/// A write to which no answer came.
struct Unknown<E> {
    written: E,
    after: Item,
    before: Item,
    error: Error,
}

/// What became of such a write.
enum Became<E> {
    Done(E),
    Nothing,
    /// It cannot be told.
    Hidden(Error),
}

impl<E: Entity> Unknown<E> {
    fn became(self, stored: Option<&Item>) -> Became<E> {
        let Some(stored) = stored else { return Became::Hidden(self.error) };
        let is =
            |item: &Item| item.iter().all(|(name, value)| stored.get(name).is_some_and(|it| same_value(it, value)));
        let is_dated = E::SCHEMA.has(FieldRole::UpdatedAt);
        if is(&self.after) {
            // Another write may have changed the same, so that ours was refused: only the time tells them apart.
            return if is_dated { Became::Done(self.written) } else { Became::Hidden(self.error) };
        }
        if is(&self.before) {
            // Where nothing counts or dates the writes, another may have undone ours.
            let is_same = is_dated || E::SCHEMA.has(FieldRole::Version);
            return if is_same { Became::Nothing } else { Became::Hidden(self.error) };
        }
        // Each write counts the version up, so one that is next to what was read is another's, and ours was refused.
        let version = |item: &Item| {
            let attribute = E::SCHEMA.attribute_of(FieldRole::Version)?;
            item.get(attribute).map_or(Some(0), |version| version.as_n().ok()?.parse::<u64>().ok())
        };
        match (version(&self.before), version(stored)) {
            (Some(before), Some(now)) if now == before + 1 => Became::Nothing,
            _ => Became::Hidden(self.error),
        }
    }
}

/// The update that makes what is stored into `after`, if it still is what was read.
fn difference<E: Entity>(
    stored: &Item,
    before: &Item,
    after: &Item,
    version: Option<u64>,
    context: &Context,
) -> Result<ItemWrite, Error> {
    let table = E::Table::SCHEMA.table;
    let is_key = |name: &str| table.key.partition == name || table.key.sort == Some(name);
    let key = |(name, value): (&String, &AttributeValue)| is_key(name).then(|| (name.clone(), value.clone()));
    let key: Item = after.iter().filter_map(key).collect();
    let act = Act::Update { key, expression: None };
    let mut write = ItemWrite::new::<E>(OPERATION, context, act, Rule::Present);
    write.repeats = false;
    require_present::<E>(&mut write, context);
    match (version, E::SCHEMA.attribute_of(FieldRole::Version)) {
        (Some(version), Some(attribute)) if stored.contains_key(attribute) => {
            write.require_version(attribute, version);
        }
        (Some(_), Some(attribute)) => write.require_unchanged(attribute, None),
        _ => {
            let fields = E::SCHEMA.fields.iter().map(|field| field.attribute);
            let mut guarded: Vec<&str> = before.keys().map(String::as_str).chain(fields).collect();
            guarded.sort_unstable();
            guarded.dedup();
            for attribute in guarded {
                let is_own = table.synthetic_attributes().any(|own| own == attribute);
                if !is_own {
                    write.require_unchanged(attribute, stored.get(attribute));
                }
            }
        }
    }
    let (mut set, mut remove) = (Vec::new(), Vec::new());
    let mut names: Vec<&String> = after.keys().chain(before.keys().filter(|name| !after.contains_key(*name))).collect();
    names.sort_unstable();
    for name in names {
        let (was, is) = (stored.get(name), after.get(name));
        match (was, is) {
            (Some(was), Some(is)) if same_value(was, is) => {}
            (_, Some(is)) if !is_key(name) => {
                let name = write.terms.names.number(name);
                set.push(format!("{name} = {}", write.terms.values.numbered(is.clone())));
            }
            (Some(_), None) => remove.push(write.terms.names.number(name)),
            _ => {}
        }
    }
    let text = UpdateText { set, remove, ..UpdateText::default() }.text();
    if let Act::Update { expression, .. } = &mut write.act {
        *expression = Some(text).filter(|text| !text.is_empty());
    }
    write.checked()
}
