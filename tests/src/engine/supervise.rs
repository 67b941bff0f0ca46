//! A child process that does not outlive this one.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

/// A command under `supervise.sh`: it is killed when this value is dropped and when this process ends in any way.
#[derive(Debug)]
pub(super) struct Supervised {
    script: Child,
    output: File,
}

impl Supervised {
    /// Starts a program in a directory. What it prints goes to the file `log`, since a pipe that nobody reads would
    /// block it; the file has lost its name when this returns, so that none is left behind.
    pub(super) fn start(program: &Path, arguments: &[&str], directory: &Path, log: &Path) -> io::Result<Self> {
        let written = File::create(log)?;
        let output = File::open(log)?;
        fs::remove_file(log)?;
        let script = Command::new("sh")
            .args(["-c", include_str!("supervise.sh"), "supervise", "KILL"])
            .arg(program)
            .args(arguments)
            .current_dir(directory)
            .stdin(Stdio::piped())
            .stdout(written.try_clone()?)
            .stderr(written)
            .spawn()?;
        Ok(Self { script, output })
    }

    /// How the program ended, if it has.
    pub(super) fn ended(&mut self) -> io::Result<Option<ExitStatus>> {
        self.script.try_wait()
    }

    /// The last lines of what it printed.
    pub(super) fn last_words(&mut self) -> String {
        const LINES: usize = 15;
        let mut text = Vec::new();
        if let Err(error) = self.output.read_to_end(&mut text) {
            return format!("its output cannot be read: {error}");
        }
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<_> = text.lines().collect();
        lines[lines.len().saturating_sub(LINES)..].join("\n")
    }
}

impl Drop for Supervised {
    fn drop(&mut self) {
        // Closing the pipe is the request to end; nothing is left to do where waiting fails.
        drop(self.script.stdin.take());
        let _ = self.script.wait();
    }
}
