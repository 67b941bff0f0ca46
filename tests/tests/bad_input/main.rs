//! Bad input: each a clear error that names what to do, shows no value, and is no panic.

mod items;
mod keys;
mod library;
mod native;
mod pitfalls;
mod scripted;
mod service;

/// What must not stand in an error: the tests put it where values are.
const SECRET: &str = "s3cret-value";

/// The error's texts, which say these words and no value.
fn says(error: &dynamo_model::Error, words: &[&str]) {
    let text = error.to_string();
    for word in words {
        assert!(text.contains(word), "`{word}` is not in: {text}");
    }
    for text in [text, format!("{error:?}")] {
        assert!(!text.contains(SECRET), "{text}");
    }
    assert!(!error.to_string().ends_with('.'), "{error}");
}
