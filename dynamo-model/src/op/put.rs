//! Writes an item in place of the one that may be there.

use std::fmt;

use aws_sdk_dynamodb::operation::put_item::builders::PutItemInputBuilder;

use super::{Context, Request, to_item};
use crate::{
    db::Db,
    entity::Entity,
    error::{Error, ItemError, ItemErrorKind, Operation, Refused},
    expr::{Names, Values, unless_live},
    schema::FieldRole,
    stamp::Stamp,
    table::Table,
};

/// Writes a value, in place of the item that may be there.
///
/// Sets the `updated_at` field, and `created_at` if it is unset. Where the entity has a version, only the version that
/// the value was read as is replaced ([`Error::VersionConflict`] otherwise), a value that was never stored only
/// creates, and the version is counted up.
#[derive(Clone, PartialEq)]
#[must_use = "a request does nothing until it is sent"]
pub struct Put<E>(E);

impl<E: Entity> Put<E> {
    pub(crate) fn new(entity: E) -> Self {
        Self(entity)
    }

    fn prepare(mut self, context: &Context) -> Result<(E, PutItemInputBuilder), Error> {
        let read = self.0.__version();
        self.0.__stamp(&Stamp::put(context.now));
        if read.is_some() && self.0.__version() <= read {
            let kind = ItemErrorKind::VersionExhausted;
            return Err(Error::Encode(ItemError::new(E::SCHEMA.name, Operation::Put, kind)));
        }
        let mut names = Names::default();
        let mut values = Values::default();
        let condition = read.map(|version| match (version, E::SCHEMA.attribute_of(FieldRole::Version)) {
            (1.., Some(attribute)) => {
                format!("{} = {}", names.add("#version", attribute), values.number(":version", &version))
            }
            _ => unless_live(E::Table::SCHEMA.table, context, &mut names, &mut values),
        });
        let request = put_item(&self.0, Operation::Put, context)?
            .set_condition_expression(condition)
            .set_expression_attribute_names(names.into_sdk())
            .set_expression_attribute_values(values.into_sdk());
        Ok((self.0, request))
    }
}

/// The part that `create` and `put` have in common.
pub(super) fn put_item<E: Entity>(
    entity: &E,
    operation: Operation,
    context: &Context,
) -> Result<PutItemInputBuilder, Error> {
    let item = to_item(entity, operation)?;
    Ok(PutItemInputBuilder::default().table_name(&context.table).set_item(Some(item)))
}

impl<E> fmt::Debug for Put<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Put").finish_non_exhaustive()
    }
}

impl<E: Entity> Request for Put<E> {
    type Table = E::Table;
    /// The value as it was written, lifecycle fields included.
    type Output = E;
    type Sdk = PutItemInputBuilder;

    fn build(self, context: &Context) -> Result<PutItemInputBuilder, Error> {
        Ok(self.prepare(context)?.1)
    }

    async fn send(self, db: &Db<E::Table>) -> Result<E, Error> {
        write(self.prepare(&db.context())?, db, Operation::Put, Refused::Version).await
    }
}

/// Sends what `create` or `put` prepared, and gives back the value as it was written.
pub(super) async fn write<E: Entity>(
    (written, request): (E, PutItemInputBuilder),
    db: &Db<E::Table>,
    operation: Operation,
    refused: Refused,
) -> Result<E, Error> {
    let classify = db.classify::<E>(operation).refusing(refused);
    request.send_with(db.client()).await.map_err(|error| classify.error(error))?;
    Ok(written)
}
