//! A process that ends with this one.

use std::process::{Child, Command, ExitStatus, Stdio};

/// A command that is asked to end when this value is dropped, and when this process ends in any way.
#[derive(Debug)]
pub(crate) struct Supervised(Child);

impl Supervised {
    pub(crate) fn start(program: &str, arguments: &[&str], output: std::fs::File) -> Result<Self, String> {
        let failed = |error| format!("{program} does not start: {error}");
        // The tests' harness keeps its servers with the same script.
        let child = Command::new("sh")
            .args(["-c", include_str!("../../tests/src/engine/supervise.sh"), "supervise", "TERM", program])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(output.try_clone().map_err(failed)?)
            .stderr(output)
            .spawn()
            .map_err(failed)?;
        Ok(Self(child))
    }

    /// How the command ended, if it has.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.0.try_wait().ok().flatten()
    }
}

impl Drop for Supervised {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        // Nothing is left to do where waiting fails.
        let _ = self.0.wait();
    }
}
