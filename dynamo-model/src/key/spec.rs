//! A placeholder's spec against the type that stands in it.

use super::part::{PartError, PartSpec};

/// Why this spec does nothing for the type at hand.
pub(super) fn misfit(spec: PartSpec) -> PartError {
    if spec.spreads() {
        return PartError::new(format!("does not write `{spec}`, which the template makes of its plain text"));
    }
    let kind = if matches!(spec, PartSpec::Width(_)) { "integer" } else { "text" };
    PartError::new(format!("is no {kind}, so `{spec}` does not apply to it"))
}

/// Passes for a type whose text has one form only if no other form is asked for.
pub(super) fn plain_only(spec: PartSpec) -> Result<(), PartError> {
    match spec {
        PartSpec::Plain => Ok(()),
        _ => Err(misfit(spec)),
    }
}

/// Appends what was laid out as bytes. Checking that it is text costs far less than pushing characters one by one.
pub(super) fn push_ascii(bytes: &[u8], out: &mut String) -> Result<(), PartError> {
    out.push_str(str::from_utf8(bytes).map_err(|_| PartError::new("is not ASCII"))?);
    Ok(())
}
