//! Fields as serde writes them.

use syn::{ExprPath, Ident, ext::IdentExt as _};

use crate::{
    diag::Diag,
    model::{Field, Form, Missing, Role, argument_of},
    parse::{SerdeContainer, SerdeField, SerializeWith},
};

/// A field that has a name.
pub(super) fn field<'a>(
    field: &'a syn::Field,
    ident: &'a Ident,
    serde: SerdeField,
    role: Option<Role>,
    container: &SerdeContainer,
    diag: &mut Diag,
) -> Field<'a> {
    let own = ident.unraw().to_string();
    let may_lack_by_serde = serde.default || serde.skipped.read || container.default;
    let stored = !serde.flatten && !serde.skipped.written;
    let form = form(serde.serialize, serde.skip_if);
    let is_set = matches!(form, Form::Converted { is_set: true, .. });
    if is_set && stored && !may_lack_by_serde {
        diag.at(ident, format!("`{own}` is a set, and DynamoDB stores no empty one; add `#[serde(default)]`"));
    }
    let attribute =
        serde.rename.unwrap_or_else(|| container.rename_all.map_or_else(|| own.clone(), |rule| rule.field(&own)));
    let may_lack = may_lack_by_serde || is_set || argument_of(&field.ty, "Option").is_some();
    let missing = if let Some(function) = serde.default_by {
        Missing::By(function)
    } else if serde.default || serde.skipped.read {
        Missing::Default
    } else if container.default {
        Missing::OfStruct(container.default_by.clone())
    } else {
        Missing::Nothing
    };
    let (deserialize, is_not_read) = (serde.deserialize, serde.skipped.read);
    let (ty, vis) = (&field.ty, &field.vis);
    Field { ident, ty, vis, attribute, role, stored, may_lack, form, missing, deserialize, is_not_read }
}

fn form(serialize: Option<SerializeWith>, skip_if: Option<ExprPath>) -> Form {
    match (serialize, skip_if) {
        (None, None) => Form::Plain,
        (None, Some(skip_if)) => Form::Skipping(skip_if),
        (Some(SerializeWith { function, is_set }), skip_if) => Form::Converted { function, skip_if, is_set },
    }
}
