//! Rules of a projection that tokens can tell.

use syn::{DeriveInput, ext::IdentExt as _};

use crate::{
    diag::{Diag, Reported, twice},
    model::{Projection, ProjectionField},
    parse::RawProjectionStruct,
    runtime::Runtime,
};

pub(crate) fn projection<'a>(input: &'a DeriveInput, raw: RawProjectionStruct<'a>) -> Result<Projection<'a>, Reported> {
    let mut diag = Diag::default();
    if let Some(param) = input.generics.params.first() {
        diag.at(param, "a projection is one concrete type; remove the generics, or name them in `of`");
    }
    for (at, name) in raw.from.iter().enumerate() {
        if raw.from[..at].contains(name) {
            diag.at(name, twice(&name.unraw().to_string()));
        }
    }
    let fields = raw.fields.into_iter().map(|field| ProjectionField {
        ident: field.ident,
        ty: field.ty,
        path: field.path.unwrap_or_else(|| vec![field.ident.clone()]),
    });
    let fields = fields.collect();
    diag.finish(Projection { input, runtime: Runtime::new(raw.krate), of: raw.of, from: raw.from, fields })
}
