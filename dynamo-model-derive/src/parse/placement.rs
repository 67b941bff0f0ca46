//! What a broken derive still says of where it belongs.

use syn::{DeriveInput, Path};

use super::meta::{path, skip};

/// The table and the runtime crate, as far as they can be read.
#[derive(Default)]
pub(crate) struct Placement {
    pub(crate) table: Option<Path>,
    pub(crate) krate: Option<Path>,
}

pub(crate) fn placement(input: &DeriveInput) -> Placement {
    let mut placement = Placement::default();
    let own = ["entity", "table", "key_part"];
    for attribute in input.attrs.iter().filter(|attribute| own.iter().any(|name| attribute.path().is_ident(name))) {
        // Errors here were reported by the parse proper.
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("table") {
                placement.table = Some(path(&meta)?);
            } else if meta.path.is_ident("crate") {
                placement.krate = Some(path(&meta)?);
            } else {
                skip(&meta)?;
            }
            Ok(())
        });
    }
    placement
}
