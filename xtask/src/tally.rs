//! Counts tests in what test runners print.

use std::ops::AddAssign;

/// How many tests passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Tally {
    /// What a line of output counts, if it is the summary of nextest or of Rust's own test runner.
    ///
    /// `Summary [   1.5s] 12 tests run: 10 passed (1 slow), 1 failed, 1 timed out, 3 skipped`
    /// `test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s`
    pub(crate) fn of_line(line: &str) -> Option<Self> {
        let line = plain(line);
        let counts = if line.trim_start().starts_with("Summary [") {
            line.split_once(" run: ")?.1
        } else {
            // Indented, it is what nextest shows of one failed test, which its summary counts.
            line.strip_prefix("test result: ")?.split_once(". ")?.1
        };
        let mut tally = Self::default();
        for count in without_asides(counts).split([',', ';']) {
            let Some((number, what)) = count.trim().split_once(' ') else { continue };
            let Ok(number) = number.parse::<u64>() else { continue };
            match what.trim() {
                "passed" => tally.passed += number,
                "failed" | "exec failed" | "timed out" => tally.failed += number,
                _ => {}
            }
        }
        Some(tally)
    }
}

/// The line without the terminal's colours.
fn plain(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    plain + rest
}

/// The text without what is in round brackets.
fn without_asides(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|&c| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_failed_test_printed_is_not_counted_again() {
        assert_eq!(Tally::of_line("    test result: FAILED. 0 passed; 1 failed; 0 ignored"), None);
    }

    fn counted(line: &str) -> Option<(u64, u64)> {
        Tally::of_line(line).map(|tally| (tally.passed, tally.failed))
    }

    #[test]
    fn summaries_of_nextest() {
        assert_eq!(counted("     Summary [   0.004s] 3 tests run: 3 passed, 0 skipped"), Some((3, 0)));
        let failing = "Summary [ 12.3s] 9/12 tests run: 6 passed (1 slow, 1 flaky), 2 failed, 1 timed out, 3 skipped";
        assert_eq!(counted(failing), Some((6, 3)));
        let coloured = "\u{1b}[32;1m     Summary\u{1b}[0m [   0.004s] \u{1b}[1m1\u{1b}[0m test run: \
                        \u{1b}[1m1\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m, \u{1b}[1m0\u{1b}[0m \u{1b}[33;1mskipped\u{1b}[0m";
        assert_eq!(counted(coloured), Some((1, 0)));
    }

    #[test]
    fn summaries_of_rusts_test_runner() {
        let line = "test result: FAILED. 5 passed; 1 failed; 2 ignored; 0 measured; 7 filtered out; finished in 0.42s";
        assert_eq!(counted(line), Some((5, 1)));
        assert_eq!(counted("test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured"), Some((0, 0)));
    }

    #[test]
    fn other_lines_count_nothing() {
        for line in ["", "test a::b ... ok", "        PASS [   0.002s] xtask tests::a", "\u{1b}[", "Summary [1s] none"]
        {
            assert_eq!(counted(line), None, "{line:?}");
        }
    }
}
