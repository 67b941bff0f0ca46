//! Instructions of one call, counted by valgrind's callgrind.

use std::{env, process::Command};

use crate::{
    cases::{Case, Way},
    label,
};

/// Calls of the shorter and the longer run; what both have in common cancels out.
const FEW: u64 = 10;
const MANY: u64 = 1_010;

/// Instructions of one call.
pub(crate) fn instructions(case: &Case, way: &Way) -> Result<u64, String> {
    Ok((total(case, way, MANY)? - total(case, way, FEW)?) / (MANY - FEW))
}

fn total(case: &Case, way: &Way, calls: u64) -> Result<u64, String> {
    let this = env::current_exe().map_err(|error| format!("this program is not found: {error}"))?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(this)
        .args(["count", case.name, way.name, &calls.to_string()])
        .output()
        .map_err(|error| format!("`valgrind` does not start ({error}); install Debian's package `valgrind`"))?;
    let report = String::from_utf8_lossy(&output.stderr);
    let collected = report.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    collected
        .filter(|_| output.status.success())
        .ok_or_else(|| format!("{} was not counted:\n{report}", label(case, way)))
}
