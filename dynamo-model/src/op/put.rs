//! Writes an item in place of the one that may be there.

use std::fmt;

use aws_sdk_dynamodb::operation::put_item::builders::PutItemInputBuilder;

use super::{
    Context, Request, WriteRequest, WriteShape,
    item::key_texts,
    to_item,
    write::{Act, Current, ItemWrite, Plan, Rule, follow, held_by, send, send_over},
};
use crate::{
    db::Db,
    entity::Entity,
    error::{Error, ItemError, ItemErrorKind, Operation},
    expr::{Condition, live, unless_live},
    schema::FieldRole,
    stamp::Stamp,
    table::Table,
    value::{self, Item},
};

/// Writes a value, in place of the item that may be there.
///
/// Sets the `updated_at` field, and `created_at` if it is unset. Where the entity has a version, only the version that
/// the value was read as is replaced ([`Error::VersionConflict`] otherwise), a value that was never stored only
/// creates, and the version is counted up.
///
/// An entity with unique fields is put by a transaction. The item that is there is read first, to know which values it
/// gives back, unless [`replacing`](Self::replacing) says.
#[derive(Clone, PartialEq)]
#[must_use = "a request does nothing until it is sent"]
pub struct Put<E> {
    entity: E,
    replacing: Option<E>,
    condition: Option<Condition<E>>,
}

const OPERATION: Operation = Operation::Put;

impl<E: Entity> Put<E> {
    pub(crate) fn new(entity: E) -> Self {
        Self { entity, replacing: None, condition: None }
    }

    /// Writes only if the stored item fulfils this too: [`Error::ConditionFailed`] otherwise.
    ///
    /// An item that is not there fulfils what asks for no attribute.
    pub fn when(mut self, condition: impl FnOnce(E::Fields) -> Condition<E>) -> Self {
        self.condition = Some(Condition::joined(self.condition.take(), condition(E::__fields())));
        self
    }

    /// Says what is stored, so that it is not read before: for an entity with unique fields.
    ///
    /// Nothing is written if the stored unique values are others.
    pub fn replacing(mut self, stored: E) -> Self {
        self.replacing = Some(stored);
        self
    }

    /// The value as it will be written, and what it is read as.
    fn stamped(mut self, context: &Context) -> Result<Stamped<E>, Error> {
        let read = self.entity.__version();
        self.entity.__stamp(&Stamp::put(context.now));
        if read.is_some() && self.entity.__version() <= read {
            let kind = ItemErrorKind::VersionExhausted;
            return Err(Error::Encode(ItemError::new(E::SCHEMA.name, OPERATION, kind)));
        }
        Ok(Stamped { entity: self.entity, read, condition: self.condition })
    }

    fn stored(&self) -> Result<Option<Item>, Error> {
        self.replacing.as_ref().map(|stored| to_item(stored, OPERATION)).transpose()
    }
}

/// A value with its new version and times.
struct Stamped<E> {
    entity: E,
    /// The version that it was read as.
    read: Option<u64>,
    condition: Option<Condition<E>>,
}

impl<E: Entity> Stamped<E> {
    fn plan(&self, context: &Context, current: &Current) -> Result<Plan, Error> {
        let item = to_item(&self.entity, OPERATION)?;
        let table = E::Table::SCHEMA.table;
        let mut held = Vec::new();
        if !E::SCHEMA.uniques.is_empty() {
            let new = held_by(&self.entity).map_err(|error| error.during(OPERATION))?;
            let old = current.held::<E>(OPERATION, context)?;
            let owner = key_texts(&self.entity, OPERATION)?;
            held = follow::<E>(OPERATION, context, &owner, old, new, table.ttl.and_then(|ttl| item.get(ttl)));
        }
        let never_stored = self.read == Some(0);
        let rule = if never_stored { Rule::NeverStored } else { Rule::Any };
        let mut main = ItemWrite::new::<E>(OPERATION, context, Act::Put(item), rule);
        match (self.read, E::SCHEMA.attribute_of(FieldRole::Version)) {
            (Some(version @ 1..), Some(attribute)) => {
                main.require_version(attribute, version);
                // What has expired is gone, whether DynamoDB has deleted it yet or not.
                if let (Some(ttl), true) = (table.ttl, E::SCHEMA.has(FieldRole::Ttl)) {
                    let live = live(ttl, context.now, &mut main.terms.names, &mut main.terms.values);
                    main.require(live);
                }
            }
            (Some(_), _) => {
                let free = unless_live(table, context, &mut main.terms.names, &mut main.terms.values);
                main.require(format!("({free})"));
            }
            (None, _) => {}
        }
        if !E::SCHEMA.uniques.is_empty() && !never_stored {
            current.require(&mut main, context);
        }
        main.require_condition(self.condition.clone())?;
        Ok(Plan { main: main.checked()?, held })
    }
}

impl<E> fmt::Debug for Put<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Put").finish_non_exhaustive()
    }
}

impl<E: Entity> WriteRequest for Put<E> {
    type Entity = E;

    fn reads(&self, _: &Context) -> Result<Option<Item>, Error> {
        if E::SCHEMA.uniques.is_empty() || self.replacing.is_some() {
            return Ok(None);
        }
        let key = key_texts(&self.entity, OPERATION)?;
        Ok(Some(value::key_item(key, E::SCHEMA.primary.key.attributes())))
    }

    fn plan(self, context: &Context, current: &Current) -> Result<Plan, Error> {
        let current = self.stored()?.map_or_else(|| current.clone(), Current::Stored);
        self.stamped(context)?.plan(context, &current)
    }
}

impl<E: Entity> Request for Put<E> {
    type Table = E::Table;
    /// The value as it was written, lifecycle fields included.
    type Output = E;
    type Sdk = <E::Writes as WriteShape>::Sdk<PutItemInputBuilder>;

    fn build(self, context: &Context) -> Result<Self::Sdk, Error> {
        Ok(E::Writes::sdk(WriteRequest::plan(self, context, &Current::None)?))
    }

    async fn send(self, db: &Db<E::Table>) -> Result<E, Error> {
        let context = db.context();
        let key = WriteRequest::reads(&self, &context)?;
        let given = self.stored()?.map_or(Current::None, Current::Stored);
        let stamped = self.stamped(&context)?;
        let Some(key) = key else {
            send(db, stamped.plan(&context, &given)?, context.now).await?;
            return Ok(stamped.entity);
        };
        send_over::<E>(db, key, OPERATION, &context, |current| stamped.plan(&context, current)).await?;
        Ok(stamped.entity)
    }
}
