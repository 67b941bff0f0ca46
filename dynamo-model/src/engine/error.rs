//! What can go wrong outside DynamoDB's own answers: opening the database, and sweeping it.

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};

use dynoxide::DynoxideError;

/// The embedded engine could not open its database or could not work on it.
///
/// Answers to requests are not here: they come from the client as the SDK's own errors.
#[derive(Debug)]
pub struct EngineError {
    kind: Kind,
    source: Option<DynoxideError>,
}

#[derive(Debug)]
enum Kind {
    Memory,
    File(PathBuf),
    PathNotUtf8(PathBuf),
    Sweep,
}

impl EngineError {
    pub(super) fn memory(source: DynoxideError) -> Self {
        Self { kind: Kind::Memory, source: Some(source) }
    }

    pub(super) fn file(path: &Path, source: DynoxideError) -> Self {
        Self { kind: Kind::File(path.to_owned()), source: Some(source) }
    }

    pub(super) fn path_not_utf8(path: &Path) -> Self {
        Self { kind: Kind::PathNotUtf8(path.to_owned()), source: None }
    }

    pub(super) fn sweep(source: DynoxideError) -> Self {
        Self { kind: Kind::Sweep, source: Some(source) }
    }
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Memory => f.write_str("cannot open a database in memory; the process may be out of memory"),
            Kind::File(path) => write!(
                f,
                "cannot open the database file `{}`; its folder must exist, both must be writable, and a file that is already \
                 there must be one that the embedded engine made",
                path.display()
            ),
            Kind::PathNotUtf8(path) => {
                write!(f, "the path `{}` of the database file is not UTF-8; choose one that is", path.display())
            }
            Kind::Sweep => f.write_str("cannot delete the expired items; nothing else of the database has changed"),
        }
    }
}

impl Error for EngineError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
