//! The table of known traps names tests that exist.

use std::{fs, path::Path};

#[test]
fn every_trap_names_tests_that_exist() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let table = fs::read_to_string(docs.join("pitfalls.md")).unwrap();
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| #")).collect();
    assert_eq!(rows.len(), 29);
    for (at, row) in rows.iter().enumerate() {
        let columns: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        assert_eq!(columns.len(), 3, "{row}");
        assert_eq!(columns[0], (at + 1).to_string(), "{row}");
        let tests = links(columns[2]);
        assert!(!tests.is_empty() || columns[2].ends_with("not offered yet"), "{row}");
        for (name, path) in tests {
            let source = fs::read_to_string(docs.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
            let is_test = source.contains(&format!("fn {name}("));
            // A program that must not compile is a file of that name.
            let is_program = path.contains("/compile-fail/") && path.ends_with(&format!("/{name}.rs"));
            assert!(is_test || is_program, "{path} has no test `{name}`");
        }
    }
}

/// The links of a text: what they say, and where they lead.
fn links(text: &str) -> Vec<(&str, &str)> {
    text.split('[').skip(1).filter_map(|rest| rest.split_once(')')?.0.split_once("](")).collect()
}
