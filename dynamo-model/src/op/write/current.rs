//! What is known of the stored item, for writes that replace or delete one with unique fields.

use super::{ItemWrite, held_by};
use crate::{
    entity::Entity,
    error::{Error, Operation},
    expr::unless_live,
    key::PrimaryKey,
    op::{Context, item},
    schema::EntitySchema,
    table::Table,
    value::Item,
};

/// The stored item, where a write has to know it.
#[doc(hidden)]
#[derive(Debug, Clone, Default)]
pub enum Current {
    /// It need not be known, or nothing is said: as if there were none.
    #[default]
    None,
    /// As it was read.
    Stored(Item),
}

impl Current {
    /// The keys of the items that hold the stored item's unique values. An expired item holds none: what held them has
    /// expired with it.
    pub(crate) fn held<E: Entity>(
        &self,
        operation: Operation,
        context: &Context,
    ) -> Result<Vec<(usize, PrimaryKey)>, Error> {
        match self {
            Self::Stored(stored) if !item::is_expired(E::Table::SCHEMA, stored, context.now) => {
                let entity: E = item::from_item(stored.clone(), operation)?;
                held_by(&entity).map_err(|error| error.during(operation).into())
            }
            _ => Ok(Vec::new()),
        }
    }

    /// The write happens only where the unique fields are still what was read.
    pub(crate) fn require(&self, write: &mut ItemWrite, context: &Context) {
        let schema = write.facts.schema;
        match self {
            Self::Stored(stored) if !item::is_expired(schema, stored, context.now) => {
                for attribute in unique_attributes(write.facts.entity) {
                    write.require_unchanged(attribute, stored.get(attribute));
                }
            }
            _ => {
                let terms = &mut write.terms;
                let free = unless_live(schema.table, context, &mut terms.names, &mut terms.values);
                write.require(format!("({free})"));
            }
        }
    }

    /// Whether the item that stood in the way differs from what was read in what the write depends on.
    ///
    /// What has expired counts as gone, in what was read as in what stood in the way.
    pub(crate) fn was_changed<E: Entity>(&self, found: Option<&Item>, context: &Context) -> bool {
        let read = match self {
            Self::Stored(stored) => {
                Some(stored).filter(|stored| !item::is_expired(E::Table::SCHEMA, stored, context.now))
            }
            Self::None => None,
        };
        match (read, found) {
            (Some(read), Some(found)) => {
                unique_attributes(E::SCHEMA).any(|attribute| read.get(attribute) != found.get(attribute))
            }
            (None, None) => false,
            _ => true,
        }
    }
}

fn unique_attributes(entity: &EntitySchema) -> impl Iterator<Item = &'static str> {
    let fields = entity.fields;
    let is_unique = |name: &str| entity.uniques.iter().any(|unique| unique.fields.contains(&name));
    let unique: Vec<&'static str> =
        fields.iter().filter(|field| is_unique(field.name)).map(|field| field.attribute).collect();
    unique.into_iter()
}
