//! Rules of placeholders that hold less than their field: `{id:shard(16)}` and `{at:day}`.

use syn::ext::IdentExt as _;

use crate::{
    diag::Diag,
    model::{Element, Part, Pattern, Template},
    parse::{RawField, Spec},
};

pub(super) fn spread(entity: &str, primary: &Pattern, indexes: &[Pattern], fields: &[RawField<'_>], diag: &mut Diag) {
    let rules = Rules { entity, fields };
    for pattern in std::iter::once(primary).chain(indexes) {
        if let Some(partition) = &pattern.partition {
            rules.one_of_a_kind(partition, diag);
        }
        if let Some(sort) = &pattern.sort {
            rules.in_partitions_only(sort, diag);
        }
        // A local index has the table's partition key.
        if let Some(partition) = pattern.partition.as_ref().or(primary.partition.as_ref()) {
            rules.in_the_order_of_time(partition, pattern, diag);
        }
    }
    rules.in_full(primary, diag);
}

struct Rules<'a> {
    entity: &'a str,
    fields: &'a [RawField<'a>],
}

impl Rules<'_> {
    fn name(&self, part: Part) -> String {
        self.fields[part.field].ident.unraw().to_string()
    }

    /// Without all shards and periods, or with two of a kind, the partitions of a query could not be named.
    fn one_of_a_kind(&self, partition: &Template, diag: &mut Diag) {
        let parts = partition.parts();
        for (kind, is_kind) in
            [("shard", is_shard as fn(&Part) -> bool), ("period", |part: &Part| part.spec.spreads() && !is_shard(part))]
        {
            let of_kind: Vec<Part> = parts.iter().copied().filter(is_kind).collect();
            if let [first, second, ..] = of_kind[..] {
                let (first, second) = (self.placeholder(first), self.placeholder(second));
                diag.at(
                    &partition.literal,
                    format!("a partition key has one {kind}, and this one has `{first}` and `{second}`; remove one"),
                );
            }
        }
    }

    fn in_partitions_only(&self, sort: &Template, diag: &mut Diag) {
        for part in sort.parts().into_iter().filter(|part| part.spec.spreads()) {
            let (placeholder, name) = (self.placeholder(part), self.name(part));
            diag.at(
                &sort.literal,
                format!(
                    "`{placeholder}` spreads items over partitions, so it stands in a partition key; write `{{{name}}}` in \
                     the sort key"
                ),
            );
        }
    }

    /// Two items that differ in the field would have one key.
    fn in_full(&self, primary: &Pattern, diag: &mut Diag) {
        let Some(partition) = &primary.partition else { return };
        let sort = primary.sort_parts();
        for part in partition.parts().into_iter().filter(|part| part.spec.spreads()) {
            let is_whole =
                |other: &Part| other.field == part.field && !other.spec.spreads() && other.spec != Spec::Lower;
            // A misplaced one was reported.
            if sort.iter().any(|other| is_whole(other) || (other.field == part.field && other.spec.spreads())) {
                continue;
            }
            let (placeholder, name, entity) = (self.placeholder(part), self.name(part), self.entity);
            let is_lower = sort.iter().any(|other| other.field == part.field);
            let way = if is_lower {
                format!("write `{{{name}}}` in place of `{{{name}:lower}}`")
            } else {
                format!("write `{{{name}}}` in the sort key too")
            };
            diag.at(
                &partition.literal,
                format!(
                    "`{placeholder}` holds less than `{name}`, and the primary key of `{entity}` needs all of it to tell \
                     items apart; {way}"
                ),
            );
        }
    }

    /// The periods in order are the items in order only if the sort key begins with the time.
    fn in_the_order_of_time(&self, partition: &Template, pattern: &Pattern, diag: &mut Diag) {
        let Some(part) = partition.parts().into_iter().find(|part| matches!(part.spec, Spec::Period(_))) else {
            return;
        };
        let first = pattern.sort_parts().into_iter().next();
        if first.is_some_and(|first| first.field == part.field && (first.spec == Spec::Plain || first.spec.spreads())) {
            return;
        }
        let (placeholder, name) = (self.placeholder(part), self.name(part));
        // What the primary key lacks altogether is reported as that.
        if pattern.index.is_none() && !pattern.sort_parts().iter().any(|other| other.field == part.field) {
            return;
        }
        let place = pattern.sort.as_ref().map_or(&partition.literal, |sort| &sort.literal);
        let example = match pattern.sort.as_ref().and_then(|sort| sort.elements.first()) {
            Some(Element::Literal(literal)) => format!("{literal}{{{name}}}"),
            _ => format!("{{{name}}}"),
        };
        diag.at(
            place,
            format!(
                "the partitions are read by `{placeholder}`, so `{name}` is the first part of the sort key: the periods in \
                 order are then the items in order; begin it with `{example}`"
            ),
        );
    }

    fn placeholder(&self, part: Part) -> String {
        format!("{{{}{}}}", self.name(part), part.spec)
    }
}

fn is_shard(part: &Part) -> bool {
    matches!(part.spec, Spec::Shard(_))
}
