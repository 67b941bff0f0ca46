//! Room on the stack for long expressions.
//!
//! The database parses and evaluates an expression by recursion, a few kilobytes a level without optimisation. On the 2 MB that
//! tests and runtimes give their threads an expression within DynamoDB's limits could overflow the stack, which ends the
//! process. What could need more than a part of that runs on a thread of its own.

use std::io;
use std::panic::resume_unwind;
use std::thread::{Builder, scope};

/// An expression of up to this many levels runs on the caller's stack, in less than 500 KB without optimisation.
const SHALLOW: usize = 32;

/// For the deepest expression of 4 KB, DynamoDB's limit. Only the pages that are used take memory.
const ROOM: usize = 64 << 20;

/// Runs `work`, which handles the request `body`, with room for its expressions.
///
/// A thread of its own takes some tens of microseconds to start.
///
/// # Errors
///
/// When the thread cannot be started.
pub(super) fn with_room<T: Send>(body: &str, work: impl FnOnce() -> T + Send) -> io::Result<T> {
    if deepest_expression(body) <= SHALLOW {
        return Ok(work());
    }
    scope(|threads| {
        let thread =
            Builder::new().name("dynamo-model-engine".to_owned()).stack_size(ROOM).spawn_scoped(threads, work)?;
        Ok(thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

/// How many levels the deepest expression of a request can have: of the members whose name ends in `Expression`, in JSON as the
/// SDK writes it.
fn deepest_expression(body: &str) -> usize {
    const MEMBER: &str = "Expression\":\"";
    let values = body.match_indices(MEMBER).map(|(at, _)| &body[at + MEMBER.len()..]);
    values.map(|value| most_levels(value.split('"').next().unwrap_or(value))).max().unwrap_or(0)
}

/// At most this many levels: a parenthesis opens one, as do `AND`, `OR` and `NOT`, of which the first two letters are enough to
/// never count too few.
fn most_levels(expression: &str) -> usize {
    let words = [b"AN", b"OR", b"NO"];
    let pairs = expression.as_bytes().windows(2);
    let operators = pairs.filter(|pair| words.iter().any(|word| pair.eq_ignore_ascii_case(*word))).count();
    operators + expression.matches('(').count()
}

#[cfg(test)]
mod tests {
    use super::deepest_expression;

    #[test]
    fn the_deepest_expression_of_a_request_counts() {
        assert_eq!(deepest_expression("{}"), 0);
        assert_eq!(deepest_expression(r#"{"Item":{"a":{"S":"((((AND"}},"KeyConditionExpression":"a=:a AND b=:b"}"#), 1);
        assert_eq!(deepest_expression(r#"{"FilterExpression":"a=:a\tor(not(b=:b))","ConditionExpression":"a=:a"}"#), 4);
        assert_eq!(deepest_expression(r#"{"UpdateExpression":"((cut"#), 2);
    }
}
