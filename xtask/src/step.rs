//! Runs one command.

use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::process::{Command, ExitCode, Stdio};

use crate::tally::Tally;

/// The cargo that runs this program, without input.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Runs a command; what went wrong is in its output.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| not_run(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("{} ({status})", shown(command))) }
}

/// Runs a test runner and counts its tests, in what it prints to the one stream that carries its summary.
pub(crate) fn run_counted(command: &mut Command, summary: Stream) -> (Tally, Result<(), String>) {
    match summary {
        Stream::Stdout => command.stdout(Stdio::piped()),
        Stream::Stderr => command.stderr(Stdio::piped()),
    };
    if io::stderr().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let mut tally = Tally::default();
    let result = (|| {
        let mut child = command.spawn().map_err(|error| not_run(command, &error))?;
        let copied = match summary {
            Stream::Stdout => child.stdout.take().map(|output| count(output, io::stdout(), &mut tally)),
            Stream::Stderr => child.stderr.take().map(|output| count(output, io::stderr(), &mut tally)),
        };
        let status = child.wait().map_err(|error| not_run(command, &error))?;
        copied.unwrap_or(Ok(())).map_err(|error| not_run(command, &error))?;
        if status.success() { Ok(()) } else { Err(format!("{} ({status})", shown(command))) }
    })();
    (tally, result)
}

/// The stream that a test runner prints its summary to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stream {
    Stdout,
    Stderr,
}

/// Runs a command and ends as it does.
pub(crate) fn pass_on(command: &mut Command) -> ExitCode {
    match run(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// What a command prints to its standard output, if it succeeds.
pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| not_run(command, &error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned());
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    Err(format!("{} ({}): {}", shown(command), output.status, stderr.trim_end()))
}

/// Whether a command succeeds, without a trace of it.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    output(command).is_ok()
}

fn count(from: impl Read, mut to: impl Write, tally: &mut Tally) -> io::Result<()> {
    let mut from = BufReader::new(from);
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line)? > 0 {
        to.write_all(&line)?;
        if let Some(counted) = Tally::of_line(&String::from_utf8_lossy(&line)) {
            *tally += counted;
        }
        line.clear();
    }
    to.flush()
}

fn not_run(command: &Command, error: &io::Error) -> String {
    format!("{} does not run: {error}", shown(command))
}

/// The command as one would type it.
pub(crate) fn shown(command: &Command) -> String {
    let mut text = String::new();
    for word in [command.get_program()].into_iter().chain(command.get_args()) {
        let word = word.to_string_lossy();
        // Cargo is run by its full path.
        let word = if text.is_empty() && word.ends_with("/cargo") { "cargo".into() } else { word };
        if !text.is_empty() {
            text.push(' ');
        }
        if word.contains([' ', '|', '(', '&']) {
            text.extend(["'", &word, "'"]);
        } else {
            text.push_str(&word);
        }
    }
    text
}
