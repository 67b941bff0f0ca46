//! `bool` in a key.

use super::part::{KeyPart, PartError, PartKind, PartSpec};
use super::spec::plain_only;

/// `true` and `false`; sorted by that text, so no ranges are offered.
impl KeyPart for bool {
    const KIND: PartKind = PartKind::Names(&["false", "true"]);

    fn encode(&self, spec: PartSpec, out: &mut String) -> Result<(), PartError> {
        plain_only(spec)?;
        out.push_str(if *self { "true" } else { "false" });
        Ok(())
    }

    fn decode(text: &str, spec: PartSpec) -> Result<Self, PartError> {
        plain_only(spec)?;
        match text {
            "false" => Ok(false),
            "true" => Ok(true),
            _ => Err(PartError::new("is neither `false` nor `true`")),
        }
    }
}
