//! The items of known keys, as they are.

use super::{
    Settings,
    fetch::{Asked, all, lookups},
};
use crate::{db::Db, entity::Entity, error::Error, key::PrimaryKey, value::Item};

/// The items in the order of their keys; `None` for one that is gone.
///
/// # Errors
///
/// [`Error::Unprocessed`] if DynamoDB left some out of every answer; the failures of the SDK and the service.
pub(crate) async fn items<E: Entity>(
    keys: impl Iterator<Item = PrimaryKey>,
    consistent: bool,
    db: &Db<E::Table>,
) -> Result<Vec<Option<Item>>, Error> {
    let entity = Some(E::SCHEMA.name);
    let keys = keys.map(|key| ((), key)).collect();
    let asked = Asked { keys, entity, places: Vec::new(), consistent, settings: Settings::default() };
    all(lookups(Ok(asked), |item, _| Ok(Some(item)), db.clone()), entity, db).await
}
