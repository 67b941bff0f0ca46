//! Several reads of one moment.

use std::marker::PhantomData;

use aws_sdk_dynamodb::{
    operation::transact_get_items::{TransactGetItemsError, builders::TransactGetItemsInputBuilder},
    types::{Get as SdkGet, TransactGetItem},
};

use super::reason::{passes, unconditional};
use crate::{
    db::{Call, Db},
    entity::Entity,
    error::{Error, Operation, Reason, SameItemError, TransactionError, TransactionProblem},
    op::{Context, Get, Request, item::found},
    schema::EntitySchema,
    table::{IsTable, Table},
    timestamp::Timestamp,
    value::Item,
};

/// Reads of several items, of one entity or of different ones, as they were at one moment.
///
/// Up to 100 items and 4 MB; DynamoDB charges double.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "a request does nothing until it is sent"]
pub struct TransactGet<T, G> {
    gets: G,
    table: PhantomData<fn() -> T>,
}

impl<T, G> TransactGet<T, G> {
    pub(crate) fn new(gets: G) -> Self {
        Self { gets, table: PhantomData }
    }
}

/// What can be read together: a `get`, a tuple or a `Vec` of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read in a transaction of `{T}`; give it a tuple or a `Vec` of `get`s of its entities",
    label = "expected `get`s"
)]
pub trait TransactGets<T: Table>: Send {
    /// What the `get`s give.
    type Output: Send;

    #[doc(hidden)]
    fn keys(&self, keys: &mut Vec<(&'static EntitySchema, Item)>) -> Result<(), Error>;

    #[doc(hidden)]
    fn read(self, items: &mut dyn Iterator<Item = Option<Item>>, now: Timestamp) -> Result<Self::Output, Error>;
}

impl<T: Table, E: Entity<Table: IsTable<T, E>>> TransactGets<T> for Get<E> {
    type Output = Option<E>;

    fn keys(&self, keys: &mut Vec<(&'static EntitySchema, Item)>) -> Result<(), Error> {
        keys.push((E::SCHEMA, self.key(Operation::TransactGet)?));
        Ok(())
    }

    fn read(self, items: &mut dyn Iterator<Item = Option<Item>>, now: Timestamp) -> Result<Option<E>, Error> {
        found(items.next().flatten(), now, Operation::TransactGet)
    }
}

impl<T: Table, G: TransactGets<T>> TransactGets<T> for Vec<G> {
    type Output = Vec<G::Output>;

    fn keys(&self, keys: &mut Vec<(&'static EntitySchema, Item)>) -> Result<(), Error> {
        self.iter().try_for_each(|get| get.keys(keys))
    }

    fn read(self, items: &mut dyn Iterator<Item = Option<Item>>, now: Timestamp) -> Result<Self::Output, Error> {
        self.into_iter().map(|get| get.read(items, now)).collect()
    }
}

macro_rules! tuples {
    ($($($name:ident)+;)*) => {$(
        impl<T: Table, $($name: TransactGets<T>),+> TransactGets<T> for ($($name,)+) {
            type Output = ($($name::Output,)+);

            #[allow(non_snake_case, reason = "each value is named like its type")]
            fn keys(&self, keys: &mut Vec<(&'static EntitySchema, Item)>) -> Result<(), Error> {
                let ($($name,)+) = self;
                $($name.keys(keys)?;)+
                Ok(())
            }

            #[allow(non_snake_case, reason = "each value is named like its type")]
            fn read(
                self,
                items: &mut dyn Iterator<Item = Option<Item>>,
                now: Timestamp,
            ) -> Result<Self::Output, Error> {
                let ($($name,)+) = self;
                Ok(($($name.read(items, now)?,)+))
            }
        }
    )*};
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D F;
    A B C D F G;
    A B C D F G H;
    A B C D F G H I;
}

impl<T: Table, G: TransactGets<T>> Request for TransactGet<T, G> {
    type Table = T;
    type Output = G::Output;
    type Sdk = TransactGetItemsInputBuilder;

    fn build(self, context: &Context) -> Result<TransactGetItemsInputBuilder, Error> {
        let mut keys = Vec::new();
        self.gets.keys(&mut keys)?;
        build(&keys, context)
    }

    async fn send(self, db: &Db<T>) -> Result<G::Output, Error> {
        let context = db.context();
        let mut keys = Vec::new();
        self.gets.keys(&mut keys)?;
        let request = build(&keys, &context)?;
        let items = fetch(db, request, &keys).await?;
        self.gets.read(&mut items.into_iter(), context.now)
    }
}

fn build(keys: &[(&'static EntitySchema, Item)], context: &Context) -> Result<TransactGetItemsInputBuilder, Error> {
    let problem = match keys.len() {
        0 => Some(TransactionProblem::Empty),
        1..=100 => None,
        items => Some(TransactionProblem::TooMany { items }),
    };
    let same = keys.iter().enumerate().find_map(|(second, (_, key))| {
        let first = keys[..second].iter().position(|(_, other)| other == key)?;
        let name = |at: usize| format!("`{}` {}", keys[at].0.name, Operation::Get);
        let (operation, table) = (Operation::TransactGet, context.table.clone());
        let operations = [name(first), name(second)];
        Some(Error::SameItem(SameItemError { operation, table, first, second, operations }))
    });
    if let Some(same) = same {
        return Err(same);
    }
    if let Some(problem) = problem {
        return Err(Error::Transaction(TransactionError::new(Operation::TransactGet, &context.table, problem, None)));
    }
    let items = keys.iter().map(|(_, key)| {
        let get = SdkGet::builder().set_key(Some(key.clone())).table_name(&context.table).build().ok();
        TransactGetItem::builder().set_get(get).build()
    });
    Ok(TransactGetItemsInputBuilder::default().set_transact_items(Some(items.collect())))
}

/// Reads the items, again where a write was under way on one.
async fn fetch<T: Table>(
    db: &Db<T>,
    request: TransactGetItemsInputBuilder,
    keys: &[(&'static EntitySchema, Item)],
) -> Result<Vec<Option<Item>>, Error> {
    let call = Call::new(None, Operation::TransactGet);
    let mut pauses = db.backoff().pauses();
    loop {
        let error = match db.attempt(request.clone(), call).await {
            Ok(output) => return Ok(output.responses.unwrap_or_default().into_iter().map(|got| got.item).collect()),
            Err(failed) => failed.error,
        };
        let reasons = match error.as_service_error() {
            Some(TransactGetItemsError::TransactionCanceledException(cancelled)) => cancelled.cancellation_reasons(),
            _ => return Err(db.classify(call).error(error)),
        };
        if reasons.iter().all(passes)
            && let Some(pause) = pauses.next()
        {
            db.pause(pause).await;
            continue;
        }
        let reasons = keys.iter().zip(reasons).map(|((entity, _), reason)| Reason {
            entity: entity.name,
            operation: Operation::Get,
            kind: unconditional(reason.code()),
        });
        let problem = TransactionProblem::Cancelled(reasons.collect());
        return Err(Error::Transaction(TransactionError::new(
            Operation::TransactGet,
            db.table_name(),
            problem,
            Some(Box::new(error)),
        )));
    }
}
