//! Writes that have to know what is stored: reads it, and begins again where it was changed meanwhile.

use super::{Current, Plan, send};
use crate::{
    db::{Call, Db},
    entity::Entity,
    error::{Error, Operation},
    op::{Context, transaction::read},
    value::Item,
};

/// Plans a write over what is stored under `key`, and sends it.
pub(crate) async fn send_over<E: Entity>(
    db: &Db<E::Table>,
    key: Item,
    operation: Operation,
    context: &Context,
    plan: impl Fn(&Current) -> Result<Plan, Error> + Send,
) -> Result<(), Error> {
    let mut pauses = db.backoff().pauses();
    loop {
        let current = read(db, key.clone(), Call::new(Some(E::SCHEMA.name), operation)).await?;
        let planned = plan(&current)?;
        match send(db, planned, context.now).await {
            Ok(_) => return Ok(()),
            Err(Error::ConditionFailed(refusal)) if current.was_changed::<E>(refusal.raw_item(), context) => {
                match pauses.next() {
                    Some(pause) => db.pause(pause).await,
                    None => return Err(Error::ConditionFailed(refusal)),
                }
            }
            Err(error) => return Err(error),
        }
    }
}
