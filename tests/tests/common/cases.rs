//! How many cases a property runs.

use std::env;

use proptest::test_runner::Config;

/// `least` cases, or as many as `DYNAMO_MODEL_CASES` asks for if that is more.
pub(crate) fn cases(least: u32) -> Config {
    let asked = env::var("DYNAMO_MODEL_CASES").ok().map(|text| match text.parse() {
        Ok(cases) => cases,
        Err(error) => panic!("DYNAMO_MODEL_CASES is `{text}` ({error}); write a number of cases such as `5000`"),
    });
    let cases = asked.unwrap_or(least).max(least);
    // Neighbours of values may be none that a key holds; such cases are drawn again.
    Config { cases, max_global_rejects: 4 * cases, ..Config::default() }
}
