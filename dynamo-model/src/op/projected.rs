//! Reads of a few fields.

use crate::{
    entity::Entity,
    error::{Error, Operation},
    expr::{Place, Selection, Terms},
    op::item::{check_type, is_expired},
    schema::TableSchema,
    table::Table,
    timestamp::Timestamp,
    value::Item,
};

/// Where the fields lie.
pub(in crate::op) fn places<E, P: Selection<E>>(fields: &P) -> Vec<Place> {
    let mut places = Vec::new();
    fields.places(&mut places);
    places
}

/// The projection expression for these places, and for what tells which item it is and whether it may be given.
pub(in crate::op) fn projection(table: &TableSchema, places: &[Place], terms: &mut Terms) -> String {
    let own = [Some(table.key.partition), table.key.sort, Some(table.type_attribute), table.ttl];
    let own: Vec<&str> = own.into_iter().flatten().collect();
    beside(&own, places, terms)
}

/// The projection expression for these places and what the library needs itself.
pub(in crate::op) fn beside(own: &[&str], places: &[Place], terms: &mut Terms) -> String {
    let mut wanted: Vec<String> = own.iter().map(|attribute| terms.names.number(attribute)).collect();
    let mut asked: Vec<Place> = Vec::new();
    for place in places.iter().map(Place::outside_lists) {
        // DynamoDB takes no two paths of which one lies inside the other: the outer one holds both.
        if own.contains(&place.attribute()) || asked.iter().any(|other| other.holds(&place)) {
            continue;
        }
        asked.retain(|other| !place.holds(other));
        asked.push(place);
    }
    wanted.extend(asked.into_iter().map(|place| terms.place(&place)));
    wanted.join(", ")
}

/// The fields of an item; `None` if it has expired.
pub(in crate::op) fn projected<E: Entity, P: Selection<E>>(
    fields: &P,
    item: &Item,
    now: Timestamp,
    operation: Operation,
) -> Result<Option<P::Output>, Error> {
    let schema = E::Table::SCHEMA;
    if is_expired(schema, item, now) {
        return Ok(None);
    }
    if let Some(other) = check_type(schema, E::SCHEMA, item, operation)? {
        return Err(Error::Decode(other));
    }
    fields.read(item).map(Some).map_err(|unread| unread.during::<E>(operation))
}
