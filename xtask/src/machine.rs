//! The machine that this runs on.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::step;

/// Whether this is a CI run: there, what is missing is an error, and may be installed.
pub(crate) fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty())
}

/// Whether this is a Debian or one of its descendants, with the right to install packages.
pub(crate) fn is_root_on_debian() -> bool {
    Path::new("/etc/debian_version").exists() && step::output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}

/// Whether a program is on `PATH`.
pub(crate) fn has(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|directory| directory.join(program).is_file())
}

/// Where cargo put this program, and puts the workspace's others.
pub(crate) fn programs() -> Result<PathBuf, String> {
    let program = std::env::current_exe().map_err(|error| format!("this program's path is unknown: {error}"))?;
    program.parent().map(Path::to_owned).ok_or_else(|| format!("{} is in no directory", program.display()))
}

/// Cargo's target directory, which Cargo marks.
pub(crate) fn target() -> Result<PathBuf, String> {
    let programs = programs()?;
    let root = programs.ancestors().find(|directory| directory.join("CACHEDIR.TAG").is_file());
    root.map(Path::to_owned).ok_or_else(|| format!("{} is in no target directory of Cargo's", programs.display()))
}
