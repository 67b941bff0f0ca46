//! What must not compile, and the words it is refused in.
//!
//! A case is a file in a folder for its topic; beside it, what the compiler says. `TRYBUILD=overwrite cargo test -p
//! dynamo-model-compile-fail` writes that anew: read the difference as a user would.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

#[test]
fn refusals() {
    trybuild::TestCases::new().compile_fail("*/*.rs");
}

/// Lower case, no final period, paired backticks, and no word of what is private.
#[test]
fn house_style() -> io::Result<()> {
    let mut faults = Vec::new();
    let expectations = expectations()?;
    assert!(!expectations.is_empty(), "there are no expectations");
    for path in expectations {
        let text = fs::read_to_string(&path)?;
        for sentence in text.lines().filter_map(ours) {
            for fault in faults_of(sentence) {
                faults.push(format!("{}: {fault}: {sentence}", path.display()));
            }
        }
        if text.contains("__private") {
            faults.push(format!("{}: speaks of `__private`", path.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

/// Each case has one error, but for those that are told at both ends of a conflict.
#[test]
fn one_mistake_is_one_error() -> io::Result<()> {
    for path in expectations()? {
        let text = fs::read_to_string(&path)?;
        let errors = text.lines().filter(|line| line.starts_with("error")).count();
        let both_ends = path.parent().is_some_and(|topic| topic.ends_with("conflict"));
        assert_eq!(errors, if both_ends { 2 } else { 1 }, "{}", path.display());
    }
    Ok(())
}

fn expectations() -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for topic in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")))? {
        let topic = topic?.path();
        if topic.is_dir() {
            for file in fs::read_dir(topic)? {
                let file = file?.path();
                if file.extension().is_some_and(|extension| extension == "stderr") {
                    found.push(file);
                }
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The sentence of an error, a label or a note, if it is one that this project wrote.
fn ours(line: &str) -> Option<&str> {
    const OF_RUSTC: &[&str] = &[
        "mismatched types",
        "no method named",
        "no function or associated item named",
        "this function takes",
        "arguments to this function are incorrect",
        "the trait bound",
        "type mismatch resolving",
    ];
    let (code, sentence) = line.split_once(": ").filter(|(code, _)| code.starts_with("error"))?;
    let sentence = sentence.strip_prefix("evaluation panicked: ").unwrap_or(sentence);
    let is_ours = !code.is_empty() && !OF_RUSTC.iter().any(|start| sentence.starts_with(start));
    is_ours.then_some(sentence)
}

fn faults_of(sentence: &str) -> Vec<&'static str> {
    let mut faults = Vec::new();
    if sentence.starts_with(|first: char| first.is_uppercase()) && !sentence.starts_with("DynamoDB") {
        faults.push("begins with a capital");
    }
    if sentence.ends_with('.') {
        faults.push("ends with a period");
    }
    if !sentence.matches('`').count().is_multiple_of(2) {
        faults.push("has an unpaired backtick");
    }
    if !sentence.contains("; ") {
        faults.push("says no way out behind a `; `");
    }
    faults
}
