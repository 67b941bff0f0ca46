//! One function a rule; what passes them all is a model.

mod entity;
mod key_part;
mod table;
mod template;

pub(crate) use entity::entity;
pub(crate) use key_part::key_part;
pub(crate) use table::table;

/// The runtime crate, unless the user names another path to it.
fn runtime(krate: Option<syn::Path>) -> syn::Path {
    krate.unwrap_or_else(|| syn::parse_quote!(::dynamo_model))
}
