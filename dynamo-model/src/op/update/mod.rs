//! Changes fields of one item.

mod exactly_once;
mod returning;
mod upsert;

use std::fmt;

use aws_sdk_dynamodb::{
    operation::update_item::builders::UpdateItemInputBuilder,
    types::{AttributeValue, ReturnValue},
};

pub use exactly_once::ExactlyOnce;
pub use returning::UpdateReturning;
pub use upsert::{Upsert, Upserted};

use super::{
    Context, Request, Returning, Versioned, WriteRequest, WriteShape,
    write::{Act, Current, ItemWrite, Plan, Rule, follow, send},
};
use crate::{
    db::Db,
    entity::{Entity, EntityKey as _},
    error::{Error, Operation},
    expr::{Assign, Changes, Condition, ExpressionError, ExpressionErrorKind, live},
    key::KeyError,
    lifecycle::VersionField,
    native::refused,
    schema::FieldRole,
    table::Table,
    value,
};

const OPERATION: Operation = Operation::Update;

/// Changes fields of one item, and with them the keys of the indexes that the fields are in.
///
/// The item has to be there: [`Error::NotFound`] otherwise, unless [`upsert`](Self::upsert) says what to create.
/// `updated_at` becomes the time of the write and the `version` is counted up. An index whose key is made of these and of
/// what the update does not know cannot follow: [`Error::Expression`], and [`modify`](crate::EntityKey::modify) can.
///
/// Where no answer comes, an update that would not be the same done twice (a sum, a version, a condition) is not tried
/// again: [`Error::OutcomeUnknown`]. [`exactly_once`](Self::exactly_once) sends it so that it can be.
#[must_use = "a request does nothing until it is sent"]
pub struct Update<E: Entity> {
    key: E::Key,
    changes: Changes,
    condition: Option<Condition<E>>,
    version: Option<u64>,
}

impl<E: Entity> Update<E> {
    #[doc(hidden)]
    pub fn new(key: E::Key) -> Self {
        Self { key, changes: Changes::new(E::SCHEMA), condition: None, version: None }
    }

    /// What becomes of a field, or of several: `.set(|t| t.title().to("Implement SSO"))`.
    pub fn set<A: Assign<E>>(mut self, change: impl FnOnce(E::Fields) -> A) -> Self {
        change(E::__fields()).assign(&mut self.changes, &self.key);
        self
    }

    /// The same, if `condition` holds here and now.
    pub fn set_if<A: Assign<E>>(self, condition: bool, change: impl FnOnce(E::Fields) -> A) -> Self {
        if condition { self.set(change) } else { self }
    }

    /// The same with a value, if there is one: `.set_opt(title, |t, title| t.title().to(title))`.
    pub fn set_opt<V, A: Assign<E>>(self, value: Option<V>, change: impl FnOnce(E::Fields, V) -> A) -> Self {
        match value {
            Some(value) => self.set(|fields| change(fields, value)),
            None => self,
        }
    }

    /// Writes only if the stored item fulfils this too: [`Error::ConditionFailed`] otherwise.
    pub fn when(mut self, condition: impl FnOnce(E::Fields) -> Condition<E>) -> Self {
        self.condition = Some(Condition::joined(self.condition.take(), condition(E::__fields())));
        self
    }

    /// Changes only this version: [`Error::VersionConflict`] if there is another.
    pub fn version(mut self, version: impl VersionField) -> Self
    where
        E: Versioned,
    {
        self.version = Some(version.get());
        self
    }

    /// Creates `initial`, as it is, where there is no item to change.
    pub fn upsert(self, initial: E) -> Upsert<E> {
        Upsert::new(self, initial)
    }

    /// Gives back the item as it is after the update.
    pub fn returning_new(self) -> UpdateReturning<E>
    where
        E: Entity<Writes: Returning>,
    {
        UpdateReturning::new(self, ReturnValue::AllNew)
    }

    /// Gives back the item as it was before the update.
    pub fn returning_old(self) -> UpdateReturning<E>
    where
        E: Entity<Writes: Returning>,
    {
        UpdateReturning::new(self, ReturnValue::AllOld)
    }

    /// Sends it as a transaction with an idempotency token, for twice the price: it is done once, however often it has
    /// to be tried.
    pub fn exactly_once(self) -> ExactlyOnce<E> {
        ExactlyOnce::new(self)
    }

    fn key(&self) -> &E::Key {
        &self.key
    }

    /// Why DynamoDB would refuse what is set in the key of a native index, if it would.
    fn refused(&self) -> Option<KeyError> {
        let schema = E::Table::SCHEMA;
        // Most tables have none.
        let values = (!schema.table.native_indexes.is_empty()).then(|| self.changes.values());
        refused(schema, E::SCHEMA, &values?)
    }

    fn planned(mut self, context: &Context) -> Result<Plan, Error> {
        let during = |error: KeyError| error.during(OPERATION);
        let table = E::Table::SCHEMA.table;
        let owner = self.key.to_primary().map_err(during)?;
        let key = value::key_item(owner.clone(), E::SCHEMA.primary.key.attributes());
        let repeats = self.changes.is_repeatable()
            && self.condition.is_none()
            && self.version.is_none()
            && !E::SCHEMA.has(FieldRole::Version);
        if let Some((index, field)) = E::SCHEMA.unfollowed() {
            let kind = ExpressionErrorKind::Unfollowed { index, field };
            return Err(ExpressionError::new(E::SCHEMA.name, OPERATION, kind).into());
        }
        E::__touch(&mut self.changes, &self.key, context.now);
        if let Some(error) = self.changes.failed().cloned().or_else(|| self.refused()) {
            return Err(during(error).into());
        }
        let mut main = ItemWrite::new::<E>(OPERATION, context, Act::Update { key, expression: None }, Rule::Present);
        main.repeats = repeats;
        require_present::<E>(&mut main, context);
        let mut text = self.changes.write(&mut main.terms, table).map_err(|(path, kind)| {
            let error = ExpressionError::new(E::SCHEMA.name, OPERATION, kind);
            match path {
                Some(path) => error.at(path),
                None => error,
            }
        })?;
        if let Some(attribute) = E::SCHEMA.attribute_of(FieldRole::Version) {
            let name = main.terms.names.add("#version", attribute);
            let zero = main.terms.values.add(":none", AttributeValue::N("0".to_owned()));
            let one = main.terms.values.number(":one", &1);
            text.set.push(format!("{name} = if_not_exists({name}, {zero}) + {one}"));
            if let Some(version) = self.version {
                main.require_version(attribute, version);
            }
        }
        for guard in std::mem::take(&mut text.guards) {
            main.require(guard);
        }
        main.require_condition(self.condition)?;
        if let Act::Update { expression, .. } = &mut main.act {
            *expression = Some(text.text()).filter(|text| !text.is_empty());
        }
        let mut held = Vec::new();
        for unique in self.changes.uniques() {
            // The item that holds the values has the item's TTL, so it follows that too.
            if unique.old == unique.new && self.changes.expiry().is_none() {
                continue;
            }
            let at = |key: &Option<_>| key.iter().cloned().map(|key| (unique.at, key)).collect::<Vec<_>>();
            let (old, new) = (at(&unique.old), at(&unique.new));
            held.extend(follow::<E>(OPERATION, context, &owner, old, new, self.changes.expiry()));
        }
        Ok(Plan { main: main.checked()?, held })
    }
}

/// The item is there, is of the entity and has not expired.
pub(crate) fn require_present<E: Entity>(write: &mut ItemWrite, context: &Context) {
    let table = E::Table::SCHEMA.table;
    let name = write.terms.names.add("#type", table.type_attribute);
    let value = write.terms.values.text(":type", E::SCHEMA.type_name);
    write.require(format!("{name} = {value}"));
    if let Some(ttl) = table.ttl {
        let terms = &mut write.terms;
        let live = live(ttl, context.now, &mut terms.names, &mut terms.values);
        write.require(live);
    }
}

impl<E: Entity> Clone for Update<E> {
    fn clone(&self) -> Self {
        Self {
            key: self.key.clone(),
            changes: self.changes.clone(),
            condition: self.condition.clone(),
            version: self.version,
        }
    }
}

impl<E: Entity> PartialEq for Update<E> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
            && self.changes == other.changes
            && self.condition == other.condition
            && self.version == other.version
    }
}

impl<E: Entity> fmt::Debug for Update<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Update").field("entity", &E::SCHEMA.name).finish_non_exhaustive()
    }
}

impl<E: Entity> WriteRequest for Update<E> {
    type Entity = E;

    fn plan(self, context: &Context, _: &Current) -> Result<Plan, Error> {
        self.planned(context)
    }
}

impl<E: Entity> Request for Update<E> {
    type Table = E::Table;
    type Output = ();
    type Sdk = <E::Writes as WriteShape>::Sdk<UpdateItemInputBuilder>;

    fn build(self, context: &Context) -> Result<Self::Sdk, Error> {
        Ok(E::Writes::sdk(self.planned(context)?))
    }

    async fn send(self, db: &Db<E::Table>) -> Result<(), Error> {
        let context = db.context();
        send(db, self.planned(&context)?, context.now).await?;
        Ok(())
    }
}
