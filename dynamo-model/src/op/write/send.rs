//! Sends a write as one request or, where unique values follow, as a transaction.

use aws_sdk_dynamodb::operation::{
    delete_item::builders::DeleteItemInputBuilder, put_item::builders::PutItemInputBuilder,
    update_item::builders::UpdateItemInputBuilder,
};

use super::{Act, Facts, FromWrite as _, ItemWrite, Plan, refused};
use crate::{
    db::{Call, Db, Failed, Written},
    error::{Error, Operation, Reason, ReasonKind, TransactionError, TransactionProblem},
    op::transaction::transact,
    table::Table,
    timestamp::Timestamp,
    value::{Item, same_item},
};

/// Sends a plan; gives what the answer holds of the item, if that was asked for.
pub(crate) async fn send<T: Table>(db: &Db<T>, plan: Plan, now: Timestamp) -> Result<Option<Item>, Error> {
    if plan.held.is_empty() {
        return send_one(db, plan.main, now).await;
    }
    send_as_transaction(db, plan, now).await?;
    Ok(None)
}

/// Sends a plan as a transaction, which is done once however often it has to be tried.
pub(crate) async fn send_as_transaction<T: Table>(db: &Db<T>, plan: Plan, now: Timestamp) -> Result<(), Error> {
    let Facts { entity, operation, .. } = plan.main.facts;
    let call = Call::new(Some(entity.name), operation);
    match transact(db, vec![plan], None, call, now).await {
        Err(Error::Transaction(error)) => Err(alone(error)),
        other => other,
    }
}

/// The error of a transaction that the caller does not know of.
fn alone(error: TransactionError) -> Error {
    let (problem, table, source) = error.into_problem();
    let problem = match problem {
        TransactionProblem::Cancelled(mut reasons) if reasons.len() == 1 => match reasons.pop() {
            Some(Reason { kind: ReasonKind::Refused(error), .. }) => return error,
            reason => TransactionProblem::Cancelled(reason.into_iter().collect()),
        },
        other => other,
    };
    Error::Transaction(TransactionError::new(Operation::Transaction, &table, problem, source))
}

async fn send_one<T: Table>(db: &Db<T>, write: ItemWrite, now: Timestamp) -> Result<Option<Item>, Error> {
    let facts = write.facts;
    let call = Call::new(Some(facts.entity.name), facts.operation).repeating(write.repeats);
    match &write.act {
        Act::Put(_) => {
            let request = PutItemInputBuilder::from_write(write);
            match db.write(&request, call).await? {
                Written::Done(output) => Ok(output.attributes),
                // The answer to an earlier try was lost: what stands in the way is what was written then.
                Written::Refused { item: Some(item), failed }
                    if failed.unsure && request.get_item().as_ref().is_some_and(|own| same_item(own, &item)) =>
                {
                    Ok(None)
                }
                // Or it is what others have made of it since.
                Written::Refused { failed, .. } if failed.unsure => {
                    Err(db.classify(call).outcome_unknown(failed.error))
                }
                Written::Refused { item, failed } => Err(error(facts, item, now, *failed)),
            }
        }
        Act::Update { .. } => match db.write(&UpdateItemInputBuilder::from_write(write), call).await? {
            Written::Done(output) => Ok(output.attributes),
            // One that was sent again after it was lost asks only for the item to be there. If it is not, it was deleted
            // since, with all that an earlier try may have written.
            Written::Refused { item, failed } => Err(error(facts, item, now, *failed)),
        },
        Act::Delete(_) | Act::Check(_) => match db.write(&DeleteItemInputBuilder::from_write(write), call).await? {
            Written::Done(output) => Ok(output.attributes),
            // The answer to an earlier try was lost, and what it deleted is gone.
            Written::Refused { item: None, failed } if failed.unsure && call.repeats => Ok(None),
            // Or another one was created since.
            Written::Refused { failed, .. } if failed.unsure => Err(db.classify(call).outcome_unknown(failed.error)),
            Written::Refused { item, failed } => Err(error(facts, item, now, *failed)),
        },
    }
}

fn error<E>(facts: Facts, item: Option<Item>, now: Timestamp, failed: Failed<E>) -> Error
where
    E: std::error::Error + Send + Sync + 'static,
{
    refused(facts, item, now, Some(Box::new(failed.error)))
}
