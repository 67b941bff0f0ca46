//! Which fields are set together.

use syn::ext::IdentExt as _;

use crate::{
    case::pascal,
    model::{Field, Group, Native, Pattern, Role, Unique},
};

/// The fields outside the primary key that indexes and unique constraints are made of: those of one are in one group, and
/// so are those of two that share a field.
///
/// The items that hold unique values expire with the item that they are of, so its TTL is in their group. An index of a
/// field that every write changes is in none: an update makes its key anew by itself, or cannot.
pub(super) fn groups(
    fields: &[Field<'_>],
    primary: &Pattern,
    indexes: &[Pattern],
    uniques: &[Unique],
    natives: &[Native],
) -> Vec<Group> {
    let key: Vec<usize> = primary.key_parts().iter().map(|part| part.field).collect();
    let outside = |fields: Vec<usize>| -> Vec<usize> {
        let mut fields: Vec<usize> = fields.into_iter().filter(|field| !key.contains(field)).collect();
        fields.sort_unstable();
        fields.dedup();
        fields
    };
    let ttl = fields.iter().position(|field| field.role == Some(Role::Ttl));
    let written = |index: &Pattern| index.key_parts().iter().any(|part| fields[part.field].changes_with_every_write());
    let of_indexes = indexes.iter().enumerate().filter(|(_, index)| !written(index)).map(|(at, index)| Group {
        name: String::new(),
        fields: outside(index.key_parts().iter().map(|part| part.field).collect()),
        indexes: vec![at],
        uniques: Vec::new(),
    });
    let of_uniques = uniques.iter().enumerate().map(|(at, unique)| Group {
        name: String::new(),
        fields: outside(unique.parts.iter().map(|part| part.field).chain(ttl).collect()),
        indexes: Vec::new(),
        uniques: vec![at],
    });
    let mut groups: Vec<Group> = Vec::new();
    for group in of_indexes.chain(of_uniques) {
        // A key that is made of the primary key's parts follows no field.
        if !group.fields.is_empty() {
            join(&mut groups, group);
        }
    }
    name(&mut groups, primary, indexes, uniques, natives);
    groups
}

/// Each group is called like the first index or constraint that follows it.
fn name(groups: &mut [Group], primary: &Pattern, indexes: &[Pattern], uniques: &[Unique], natives: &[Native]) {
    // The steps of queries have types too.
    let patterns = std::iter::once(primary).chain(indexes).chain(natives.iter().map(|native| &native.pattern));
    let mut taken: Vec<String> = patterns.map(|pattern| pascal(&pattern.name.unraw().to_string())).collect();
    for group in groups {
        let index = group.indexes.first().map(|at| &indexes[*at].name);
        let unique = group.uniques.first().map(|at| &uniques[*at].name);
        let first = index.or(unique).map(|name| pascal(&name.unraw().to_string())).unwrap_or_default();
        group.name = format!("{first}Change");
        while taken.contains(&group.name) {
            group.name.push_str("Too");
        }
        taken.push(group.name.clone());
    }
}

/// Adds a group, as one with all those that it shares a field with.
fn join(groups: &mut Vec<Group>, mut group: Group) {
    let met = |other: &Group, group: &Group| other.fields.iter().any(|field| group.fields.contains(field));
    let place = groups.iter().position(|other| met(other, &group)).unwrap_or(groups.len());
    while let Some(at) = groups.iter().position(|other| met(other, &group)) {
        let other = groups.remove(at);
        group.fields.extend(other.fields);
        group.indexes.extend(other.indexes);
        group.uniques.extend(other.uniques);
    }
    for list in [&mut group.fields, &mut group.indexes, &mut group.uniques] {
        list.sort_unstable();
        list.dedup();
    }
    groups.insert(place.min(groups.len()), group);
}
