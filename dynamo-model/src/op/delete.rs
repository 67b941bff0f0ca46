//! Deletes one item by its key.

use std::marker::PhantomData;

use aws_sdk_dynamodb::{operation::delete_item::builders::DeleteItemInputBuilder, types::ReturnValue};

use super::{
    Context, Request,
    item::{found, key_of},
};
use crate::{
    db::Db,
    entity::Entity,
    error::{Error, Operation},
    key::{KeyError, PrimaryKey},
};

/// Deletes one item by its key; succeeds also if there is none.
#[must_use = "a request does nothing until it is sent"]
pub struct Delete<E> {
    key: Result<PrimaryKey, KeyError>,
    entity: PhantomData<fn() -> E>,
}

request_traits!(Delete<E> { key, entity } as "Delete");

impl<E: Entity> Delete<E> {
    #[doc(hidden)]
    pub fn new(key: Result<PrimaryKey, KeyError>) -> Self {
        Self { key, entity: PhantomData }
    }

    /// Gives back the deleted item.
    pub fn returning_old(self) -> DeleteReturning<E> {
        DeleteReturning(self)
    }
}

impl<E: Entity> Request for Delete<E> {
    type Table = E::Table;
    type Output = ();
    type Sdk = DeleteItemInputBuilder;

    fn build(self, context: &Context) -> Result<DeleteItemInputBuilder, Error> {
        let key = key_of::<E>(self.key, Operation::Delete)?;
        Ok(DeleteItemInputBuilder::default().table_name(&context.table).set_key(Some(key)))
    }

    async fn send(self, db: &Db<E::Table>) -> Result<(), Error> {
        let request = self.build(&db.context())?;
        request.send_with(db.client()).await.map_err(|error| db.classify::<E>(Operation::Delete).error(error))?;
        Ok(())
    }
}

/// Deletes one item by its key and gives it back; `None` if there was none or it had expired.
///
/// An item that does not fit the entity is deleted all the same; the error says what was wrong with it.
#[must_use = "a request does nothing until it is sent"]
pub struct DeleteReturning<E>(Delete<E>);

request_traits!(DeleteReturning<E> { 0 } as "DeleteReturning");

impl<E: Entity> Request for DeleteReturning<E> {
    type Table = E::Table;
    type Output = Option<E>;
    type Sdk = DeleteItemInputBuilder;

    fn build(self, context: &Context) -> Result<DeleteItemInputBuilder, Error> {
        Ok(self.0.build(context)?.return_values(ReturnValue::AllOld))
    }

    async fn send(self, db: &Db<E::Table>) -> Result<Option<E>, Error> {
        let context = db.context();
        let request = self.build(&context)?;
        let output =
            request.send_with(db.client()).await.map_err(|error| db.classify::<E>(Operation::Delete).error(error))?;
        found(output.attributes, context.now, Operation::Delete)
    }
}
