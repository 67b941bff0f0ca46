//! Several writes, all of them or none.

use std::{fmt, marker::PhantomData};

use aws_sdk_dynamodb::{
    operation::transact_write_items::{TransactWriteItemsError, builders::TransactWriteItemsInputBuilder},
    types::CancellationReason,
};

use super::reason::{passes, unconditional};
use crate::{
    db::{Call, Db},
    entity::Entity,
    error::{Error, Operation, Reason, ReasonKind, SameItemError, TransactionError, TransactionProblem},
    explain::Explanation,
    op::{
        Context, SdkRequest as _,
        write::{Act, Current, ItemWrite, Plan, refused},
    },
    table::{IsTable, Table},
    timestamp::Timestamp,
    value::{self, Item},
};

/// DynamoDB's limit of items in a transaction.
///
/// Source: "Amazon DynamoDB Transactions: How it works".
const ITEM_LIMIT: usize = 100;

/// DynamoDB's limit of a transaction, in bytes.
///
/// Source: "Amazon DynamoDB Transactions: How it works".
const BYTE_LIMIT: usize = 4 * 1024 * 1024;

/// A write that can stand in a transaction: `create`, `put`, `update`, `delete`, `remove`, and the check of `exists`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no write that a transaction can hold; give it `create`, `put`, `update`, `delete`, `remove` or the check of `exists`",
    label = "not a part of a transaction",
    note = "`transact_get` reads several items at one moment; `modify` reads before it writes, and `update` with `when` does not"
)]
pub trait WriteRequest: Sized + Send + 'static {
    /// The entity that it is of.
    type Entity: Entity;

    /// The key of the item that has to be read before, where unique values follow from what is stored.
    #[doc(hidden)]
    fn reads(&self, _: &Context) -> Result<Option<Item>, Error> {
        Ok(None)
    }

    /// What is written.
    #[doc(hidden)]
    fn plan(self, context: &Context, current: &Current) -> Result<Plan, Error>;
}

/// A write of whatever entity.
trait Step: Send {
    fn reads(&self, context: &Context) -> Result<Option<Item>, Error>;
    fn plan(self: Box<Self>, context: &Context, current: &Current) -> Result<Plan, Error>;
}

impl<W: WriteRequest> Step for W {
    fn reads(&self, context: &Context) -> Result<Option<Item>, Error> {
        WriteRequest::reads(self, context)
    }

    fn plan(self: Box<Self>, context: &Context, current: &Current) -> Result<Plan, Error> {
        WriteRequest::plan(*self, context, current)
    }
}

/// Several writes of a table's entities, all of them or none: up to 100 items and 4 MB.
///
/// DynamoDB charges double. A transaction that meets another one is sent again after a while, with the same token, so
/// that none is done twice.
#[must_use = "a transaction does nothing until it is sent"]
pub struct Transaction<T> {
    steps: Vec<Box<dyn Step>>,
    token: Option<String>,
    table: PhantomData<fn() -> T>,
}

impl<T: Table> Transaction<T> {
    pub(crate) fn new() -> Self {
        Self { steps: Vec::new(), token: None, table: PhantomData }
    }

    /// Adds a write.
    pub fn and<W>(mut self, write: W) -> Self
    where
        W: WriteRequest,
        <W::Entity as Entity>::Table: IsTable<T, W::Entity>,
    {
        self.steps.push(Box::new(write));
        self
    }

    /// Adds writes of one kind.
    pub fn and_all<W>(mut self, writes: impl IntoIterator<Item = W>) -> Self
    where
        W: WriteRequest,
        <W::Entity as Entity>::Table: IsTable<T, W::Entity>,
    {
        self.steps.extend(writes.into_iter().map(|write| Box::new(write) as Box<dyn Step>));
        self
    }

    /// Takes this idempotency token: what was done under it within the last ten minutes is not done again.
    ///
    /// It has up to 36 characters. Without it each [`send`](Self::send) makes its own. Times that the library writes
    /// are part of the request, so a repetition says the same only under a clock that stands still.
    pub fn with_token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// How many writes were added.
    #[must_use]
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether none was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// What it would ask of DynamoDB, if no item with unique fields were replaced or deleted; shows the values.
    #[must_use]
    pub fn explain(self) -> Explanation {
        match self.into_sdk() {
            Ok(request) => request.explanation().on(T::SCHEMA.table),
            Err(error) => Explanation::refused(TransactWriteItemsInputBuilder::OPERATION, &error),
        }
    }

    /// The SDK's builder of the same transaction, with the schema's table name and the system clock; as if no item with
    /// unique fields were replaced or deleted.
    ///
    /// # Errors
    ///
    /// What cannot be written: [`Error::Key`], [`Error::Encode`] or [`Error::Expression`]; what DynamoDB does not take
    /// in one transaction: [`Error::Transaction`].
    pub fn into_sdk(self) -> Result<TransactWriteItemsInputBuilder, Error> {
        self.build(&Context::of(T::SCHEMA.table))
    }

    /// The same for another table name and time; [`Db::context`] gives those of a `Db`.
    ///
    /// # Errors
    ///
    /// As [`into_sdk`](Self::into_sdk).
    pub fn build(self, context: &Context) -> Result<TransactWriteItemsInputBuilder, Error> {
        let plans = self.steps.into_iter().map(|step| step.plan(context, &Current::None));
        let plans = plans.collect::<Result<Vec<_>, _>>()?;
        check(&plans, &context.table)?;
        Ok(request(plans.into_iter().flat_map(Plan::into_writes), self.token))
    }

    /// Does all of it or nothing.
    ///
    /// Where an item with unique fields is put or deleted, it is read first, to know which values it gives back; the
    /// transaction is done only if they are still the same.
    ///
    /// # Errors
    ///
    /// [`Error::Transaction`] if it was not done; it names the operation and why. What cannot be written, and the
    /// failures of the SDK and the service.
    pub async fn send(self, db: &Db<T>) -> Result<(), Error> {
        let context = db.context();
        let mut plans = Vec::with_capacity(self.steps.len());
        for step in self.steps {
            let current = match step.reads(&context)? {
                Some(key) => read(db, key, Call::new(None, Operation::Transaction)).await?,
                None => Current::None,
            };
            plans.push(step.plan(&context, &current)?);
        }
        transact(db, plans, self.token, Call::new(None, Operation::Transaction), context.now).await
    }
}

impl<T> fmt::Debug for Transaction<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction").field("writes", &self.steps.len()).finish_non_exhaustive()
    }
}

/// Reads the item that a write depends on.
pub(crate) async fn read<T: Table>(db: &Db<T>, key: Item, call: Call) -> Result<Current, Error> {
    let request = aws_sdk_dynamodb::operation::get_item::builders::GetItemInputBuilder::default()
        .table_name(db.table_name())
        .set_key(Some(key))
        .consistent_read(true);
    Ok(db.send(request, call).await?.item.map_or(Current::None, Current::Stored))
}

/// Sends the plans as one transaction, again where it met another one.
pub(crate) async fn transact<T: Table>(
    db: &Db<T>,
    plans: Vec<Plan>,
    token: Option<String>,
    call: Call,
    now: Timestamp,
) -> Result<(), Error> {
    check(&plans, db.table_name())?;
    let mut facts = Vec::new();
    for (operation, plan) in plans.iter().enumerate() {
        facts.extend(std::iter::once(&plan.main).chain(&plan.held).map(|write| (operation, write.facts)));
    }
    let token = token.unwrap_or_else(|| format!("{:032x}", fastrand::u128(..)));
    let request = request(plans.into_iter().flat_map(Plan::into_writes), Some(token));
    let mut pauses = db.backoff().pauses();
    let mut unsure = false;
    loop {
        let error = match db.attempt(request.clone(), call).await {
            Ok(_) => return Ok(()),
            Err(failed) => {
                unsure |= failed.unsure;
                failed.error
            }
        };
        let reasons = match error.as_service_error() {
            Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => cancelled.cancellation_reasons(),
            _ => return Err(db.classify(call).error(error)),
        };
        if reasons.iter().all(passes) {
            if let Some(pause) = pauses.next() {
                db.pause(pause).await;
                continue;
            }
            // That this try met another write says nothing of an earlier one.
            if unsure {
                return Err(db.classify(call).outcome_unknown(error));
            }
        }
        let mut sorted: Vec<Reason> = Vec::new();
        for (at, (operation, facts)) in facts.iter().enumerate() {
            let kind = reasons.get(at).map_or(ReasonKind::None, |reason| kind(reason, *facts, now));
            match sorted.get_mut(*operation) {
                Some(first) if matches!(first.kind, ReasonKind::None) => first.kind = kind,
                Some(_) => {}
                None => sorted.push(Reason { entity: facts.entity.name, operation: facts.operation, kind }),
            }
        }
        let problem = TransactionProblem::Cancelled(sorted);
        return Err(Error::Transaction(TransactionError::new(
            Operation::Transaction,
            db.table_name(),
            problem,
            Some(Box::new(error)),
        )));
    }
}

/// Why a write had the transaction cancelled, if it had.
fn kind(reason: &CancellationReason, facts: crate::op::write::Facts, now: Timestamp) -> ReasonKind {
    match reason.code() {
        Some("ConditionalCheckFailed") => ReasonKind::Refused(refused(facts, reason.item.clone(), now, None)),
        code => unconditional(code),
    }
}

fn request(writes: impl Iterator<Item = ItemWrite>, token: Option<String>) -> TransactWriteItemsInputBuilder {
    TransactWriteItemsInputBuilder::default()
        .set_transact_items(Some(writes.map(ItemWrite::into_transact_item).collect()))
        .set_client_request_token(token)
}

/// What DynamoDB would refuse, and say less of.
fn check(plans: &[Plan], table: &str) -> Result<(), Error> {
    let problem =
        |problem| Err(Error::Transaction(TransactionError::new(Operation::Transaction, table, problem, None)));
    if plans.is_empty() {
        return problem(TransactionProblem::Empty);
    }
    let writes: Vec<(usize, &ItemWrite)> = plans
        .iter()
        .enumerate()
        .flat_map(|(at, plan)| std::iter::once(&plan.main).chain(&plan.held).map(move |write| (at, write)))
        .collect();
    let mut seen: std::collections::HashMap<Vec<String>, usize> = std::collections::HashMap::new();
    for (second, write) in &writes {
        if let Some(first) = seen.insert(texts(&write.key()), *second) {
            let name = |at: usize| {
                let facts = plans[at].main.facts;
                format!("`{}` {}", facts.entity.name, facts.operation)
            };
            let (first, second) = (first, *second);
            let (operation, table) = (Operation::Transaction, table.to_owned());
            let operations = [name(first), name(second)];
            return Err(Error::SameItem(SameItemError { operation, table, first, second, operations }));
        }
    }
    if writes.len() > ITEM_LIMIT {
        return problem(TransactionProblem::TooMany { items: writes.len() });
    }
    let bytes = writes.iter().map(|(_, write)| match &write.act {
        Act::Put(item) => value::item_size(item),
        Act::Update { key, .. } | Act::Delete(key) | Act::Check(key) => value::item_size(key),
    });
    let bytes = bytes.sum();
    if bytes > BYTE_LIMIT {
        return problem(TransactionProblem::TooLarge { bytes });
    }
    Ok(())
}

/// A key's texts, in the order of their names.
fn texts(key: &Item) -> Vec<String> {
    let mut texts: Vec<(&String, String)> =
        key.iter().map(|(name, value)| (name, value.as_s().cloned().unwrap_or_default())).collect();
    texts.sort();
    texts.into_iter().map(|(_, text)| text).collect()
}
