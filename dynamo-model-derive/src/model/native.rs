//! A native index key.

use syn::Ident;

use super::{Element, Pattern, Template};
use crate::parse::RawNative;

/// A way to query an entity by attributes of its own.
pub(crate) struct Native {
    /// The fields, as templates of nothing but them.
    pub(crate) pattern: Pattern,
    /// The fields where they are named.
    pub(crate) given: RawNative<Ident>,
}

impl Native {
    /// The fields' positions: those of the partition key, and those of the sort key.
    pub(crate) fn fields(&self) -> (Vec<usize>, Vec<usize>) {
        let of = |template: &Option<Template>| -> Vec<usize> {
            let elements = template.iter().flat_map(|template| &template.elements);
            elements
                .filter_map(|element| match element {
                    Element::Part(part) => Some(part.field),
                    Element::Literal(_) => None,
                })
                .collect()
        };
        (of(&self.pattern.partition), of(&self.pattern.sort))
    }

    /// The index on the table.
    pub(crate) fn index(&self) -> &Ident {
        self.pattern.index.as_ref().unwrap_or(&self.given.name)
    }
}
