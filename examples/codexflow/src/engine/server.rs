//! DynamoDB Local, run by the program that the workspace's tests have for it.

use std::{
    env,
    ffi::OsString,
    io::{self, BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use super::EngineError;

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml");

/// A server that runs until this value is dropped or this process ends in any way: the program ends with its standard
/// input.
#[derive(Debug)]
pub(super) struct Server {
    endpoint: String,
    program: Child,
}

impl Server {
    /// Builds the program, if it is not yet, and starts a server of the kind `engine`: `local` or `docker`.
    pub(super) async fn start(engine: &str) -> Result<Self, EngineError> {
        let engine = engine.to_owned();
        let started = tokio::task::spawn_blocking(move || Self::start_blocking(engine)).await;
        started.map_err(|error| EngineError::Spawn(io::Error::other(error)))?
    }

    fn start_blocking(engine: String) -> Result<Self, EngineError> {
        let program = command(&engine).spawn().map_err(EngineError::Spawn)?;
        let mut server = Self { endpoint: String::new(), program };
        if let Some(stdout) = server.program.stdout.take() {
            BufReader::new(stdout).read_line(&mut server.endpoint).map_err(EngineError::Spawn)?;
        }
        server.endpoint.truncate(server.endpoint.trim_end().len());
        if server.endpoint.is_empty() {
            let status = server.program.wait().map_err(EngineError::Spawn)?;
            return Err(EngineError::Ended { engine, status });
        }
        Ok(server)
    }

    pub(super) fn endpoint(&self) -> &str {
        &self.endpoint
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The end of its input is the request to end; nothing is left to do where waiting fails.
        drop(self.program.stdin.take());
        let _ = self.program.wait();
    }
}

fn command(engine: &str) -> Command {
    // Under `cargo run` it is that cargo.
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    // What cargo says of this package to its programs is not for the build of another.
    let ours = env::vars_os().map(|(name, _)| name).filter(|name| {
        let name = name.to_string_lossy();
        name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name.starts_with("CARGO_BIN_")
    });
    for name in ours {
        command.env_remove(name);
    }
    command
        .args(["run", "--quiet", "--manifest-path", WORKSPACE, "--package", "dynamo-model-tests", "--bin", "engine"])
        .args(["--", engine])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    command
}
