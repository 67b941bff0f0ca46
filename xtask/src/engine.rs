//! The servers that tests share: one for a whole run, started by the tests' own harness.

use std::io::{self, BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::thread;

use crate::args::Engine;
use crate::{machine, step};

/// The harness's exit status where this machine lacks what an engine needs.
const UNAVAILABLE: i32 = 69;

/// Why there is no engine.
#[derive(Debug)]
pub(crate) enum Unusable {
    /// This machine lacks what it needs.
    Missing(String),
    /// It is there and does not work.
    Broken(String),
}

impl From<String> for Unusable {
    fn from(message: String) -> Self {
        Self::Broken(message)
    }
}

/// The harness's program; the build of the tests builds it too.
pub(crate) fn harness() -> Result<Command, String> {
    let program = machine::programs()?.join("engine");
    Ok(Command::new(program))
}

/// The harness's answer to a question.
pub(crate) fn ask(question: &str) -> Result<String, String> {
    step::output(harness()?.arg(question))
}

/// A running server. It ends when this value is dropped, and when this process ends in any way.
#[derive(Debug)]
pub(crate) struct Server {
    harness: Child,
    endpoint: String,
}

impl Server {
    /// Starts a server of this kind and waits for its answer.
    pub(crate) fn start(engine: Engine, docker_host: Option<&str>) -> Result<Self, Unusable> {
        let broken = |error: io::Error| Unusable::Broken(format!("the harness does not run: {error}"));
        let mut command = harness()?;
        command.arg(engine.name()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.envs(docker_host.map(|host| ("DOCKER_HOST", host)));
        let mut harness = command.spawn().map_err(broken)?;
        let mut endpoint = String::new();
        if let Some(stdout) = harness.stdout.take() {
            BufReader::new(stdout).read_line(&mut endpoint).map_err(broken)?;
        }
        let mut stderr = harness.stderr.take();
        if endpoint.is_empty() {
            let mut message = String::new();
            if let Some(stderr) = &mut stderr {
                stderr.read_to_string(&mut message).map_err(broken)?;
            }
            let status = harness.wait().map_err(broken)?;
            let message = message.trim_end().to_owned();
            return Err(if status.code() == Some(UNAVAILABLE) {
                Unusable::Missing(message)
            } else {
                Unusable::Broken(message)
            });
        }
        // What it says from now on, it says here.
        thread::spawn(move || stderr.map(|mut stderr| io::copy(&mut stderr, &mut io::stderr())));
        Ok(Self { harness, endpoint: endpoint.trim_end().to_owned() })
    }

    /// The server's URL.
    pub(crate) fn endpoint(&self) -> &str {
        &self.endpoint
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.harness.stdin.take());
        // Nothing is left to do where waiting fails.
        let _ = self.harness.wait();
    }
}
