//! What the indexes of a table carry.

use syn::{LitStr, ext::IdentExt as _};

use super::TYPE_ATTRIBUTE;
use crate::{
    diag::{Diag, twice},
    parse::{RawProjection, RawTable},
};

/// DynamoDB's quotas: "Service, account, and table quotas in Amazon DynamoDB", *Secondary indexes*.
const INCLUDED: usize = 20;
const INCLUDED_IN_ALL: usize = 100;

/// What every index that includes attributes carries beside: what tells an item's entity, and when it expires.
pub(crate) fn own_attributes(raw: &RawTable) -> Vec<String> {
    let type_attribute = raw.type_attribute.as_ref().map_or_else(|| TYPE_ATTRIBUTE.to_owned(), LitStr::value);
    std::iter::once(type_attribute).chain(raw.ttl.as_ref().map(LitStr::value)).collect()
}

/// What is included is no key, is there once, and is no more than DynamoDB takes.
pub(super) fn included(raw: &RawTable, diag: &mut Diag) {
    let own = own_attributes(raw);
    let mut in_all = 0;
    for index in &raw.indexes {
        let RawProjection::Include(names) = &index.projection else { continue };
        let index_name = index.index.unraw().to_string();
        let keys = [Some(&raw.pk), raw.sk.as_ref(), index.pk.as_ref(), index.sk.as_ref()];
        for (at, name) in names.iter().enumerate() {
            let text = name.value();
            if keys.iter().flatten().any(|key| key.value() == text) {
                diag.at(
                    name,
                    format!("`{text}` is a key, and the index `{index_name}` carries its keys; remove it here"),
                );
            } else if own.contains(&text) {
                diag.at(name, format!("`{text}` is included always, since the library reads it; remove it here"));
            } else if names[..at].iter().any(|other| other.value() == text) {
                diag.at(name, twice(&text));
            }
        }
        let carried = names.len() + own.len();
        if carried > INCLUDED {
            diag.at(
                &names[INCLUDED - own.len()],
                format!(
                    "DynamoDB includes at most {INCLUDED} attributes in an index, of which the library needs {}; \
                     remove this one, or write `projection = \"all\"`",
                    own.len()
                ),
            );
        }
        if in_all <= INCLUDED_IN_ALL && in_all + carried > INCLUDED_IN_ALL {
            diag.at(
                &index.index,
                format!(
                    "DynamoDB includes at most {INCLUDED_IN_ALL} attributes in all indexes of a table; include less here, or \
                     write `projection = \"all\"`"
                ),
            );
        }
        in_all += carried;
    }
}
