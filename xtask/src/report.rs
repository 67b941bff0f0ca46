//! What was done, how long it took and how it ended.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::args::Engine;
use crate::engine::Unusable;
use crate::machine;
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
    state: &'static str,
}

/// A step failed; the report knows which and why.
#[derive(Debug)]
pub(crate) struct Failed;

impl Report {
    pub(crate) fn new() -> Self {
        Self { begun: Instant::now(), lines: Vec::new(), tests: Tally::default(), missing: Vec::new() }
    }

    /// Does one step and reports it. What it counted of tests is kept whether it fails or not.
    pub(crate) fn step(
        &mut self,
        name: &str,
        action: impl FnOnce(&mut Tally) -> Result<(), String>,
    ) -> Result<(), Failed> {
        let begun = begin(name);
        let mut tests = Tally::default();
        let result = action(&mut tests);
        self.tests += tests;
        match result {
            Ok(()) => {
                self.end(name, begun, "ok");
                Ok(())
            }
            Err(message) => Err(self.failed(name, begun, tests, &message)),
        }
    }

    /// Starts an engine. One that this machine lacks ends a run in CI, where all have to be there; elsewhere it is a
    /// loud line.
    pub(crate) fn engine<T>(
        &mut self,
        engine: Engine,
        start: impl FnOnce() -> Result<T, Unusable>,
    ) -> Result<Option<T>, Failed> {
        let name = format!("engine {}", engine.name());
        let begun = begin(&name);
        match start() {
            Ok(started) => {
                self.end(&name, begun, "ok");
                Ok(Some(started))
            }
            Err(Unusable::Missing(message)) if !machine::is_ci() => {
                self.end(&name, begun, "MISSING");
                self.missing.push(format!("NOT TESTED on {}: {message}", engine.name()));
                Ok(None)
            }
            Err(Unusable::Missing(message) | Unusable::Broken(message)) => {
                Err(self.failed(&name, begun, Tally::default(), &message))
            }
        }
    }

    fn failed(&mut self, name: &str, begun: Instant, tests: Tally, message: &str) -> Failed {
        if tests.failed == 0 {
            // A step without tests, or one whose tests could not be run, fails as a whole.
            self.tests.failed += 1;
        }
        println!("{message}");
        self.end(name, begun, "FAILED");
        Failed
    }

    fn end(&mut self, name: &str, begun: Instant, state: &'static str) {
        let took = begun.elapsed();
        println!("==== {name}: {state}, {}", seconds(took));
        self.lines.push(Line { name: name.to_owned(), took, state });
    }

    /// Prints the summary, of which the last line counts the tests.
    pub(crate) fn close(self) -> ExitCode {
        println!("\n==== summary");
        for Line { name, took, state } in &self.lines {
            println!("{state:7} {:>9}  {name}", seconds(*took));
        }
        println!("{:7} {:>9}  in all", "", seconds(self.begun.elapsed()));
        for line in &self.missing {
            println!("{line}");
        }
        println!("{} passed, {} failed", self.tests.passed, self.tests.failed);
        if self.tests.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

fn begin(name: &str) -> Instant {
    println!("\n==== {name}");
    Instant::now()
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
