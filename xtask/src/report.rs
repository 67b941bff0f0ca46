//! What was done, how long it took and how it ended.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::tally::Tally;

/// The gate's steps so far.
#[derive(Debug)]
pub(crate) struct Report {
    begun: Instant,
    lines: Vec<Line>,
    tests: Tally,
    missing: Vec<String>,
}

#[derive(Debug)]
struct Line {
    name: String,
    took: Duration,
    ok: bool,
}

/// A step failed; the report knows which and why.
#[derive(Debug)]
pub(crate) struct Failed;

impl Report {
    pub(crate) fn new() -> Self {
        Self { begun: Instant::now(), lines: Vec::new(), tests: Tally::default(), missing: Vec::new() }
    }

    /// Does one step and reports it. What a step counted as passed or failed is kept in either case.
    pub(crate) fn step<T>(
        &mut self,
        name: &str,
        action: impl FnOnce(&mut Tally) -> Result<T, String>,
    ) -> Result<T, Failed> {
        println!("\n==== {name}");
        let begun = Instant::now();
        let mut tests = Tally::default();
        let result = action(&mut tests);
        let took = begun.elapsed();
        if result.is_err() && tests.failed == 0 {
            // A step without tests, or one whose tests could not be run, fails as a whole.
            tests.failed = 1;
        }
        self.tests += tests;
        self.lines.push(Line { name: name.to_owned(), took, ok: result.is_ok() });
        match result {
            Ok(value) => {
                println!("==== {name}: ok, {}", seconds(took));
                Ok(value)
            }
            Err(message) => {
                println!("==== {name}: FAILED, {}: {message}", seconds(took));
                Err(Failed)
            }
        }
    }

    /// Notes loudly that something could not be tested for want of an engine.
    pub(crate) fn missing(&mut self, name: &str, message: &str) {
        let line = format!("NOT RUN: {name}: {message}");
        println!("\n{line}");
        self.missing.push(line);
    }

    /// Prints the summary, of which the last line counts the tests.
    pub(crate) fn close(self) -> ExitCode {
        println!("\n==== summary");
        for Line { name, took, ok } in &self.lines {
            println!("{:6} {:>9}  {name}", if *ok { "ok" } else { "FAILED" }, seconds(*took));
        }
        println!("{:6} {:>9}  in all", "", seconds(self.begun.elapsed()));
        for line in &self.missing {
            println!("{line}");
        }
        println!("{} passed, {} failed", self.tests.passed, self.tests.failed);
        if self.tests.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
