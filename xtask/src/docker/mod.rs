//! A Docker engine that has DynamoDB Local's image.

mod daemon;
mod image;

use std::process::{Command, ExitCode};

use self::daemon::Daemon;
use crate::engine::{Unusable, ask};
use crate::{machine, step};

/// A Docker engine; one that was started for it ends with this value.
#[derive(Debug)]
pub(crate) struct Docker {
    daemon: Option<Daemon>,
}

impl Docker {
    /// What `DOCKER_HOST` has to be, unless the engine is the machine's own.
    pub(crate) fn host(&self) -> Option<&str> {
        self.daemon.as_ref().map(Daemon::host)
    }

    /// Docker's command line, on this engine.
    fn command(&self, arguments: &[&str]) -> Command {
        docker(self.host(), arguments)
    }
}

fn docker(host: Option<&str>, arguments: &[&str]) -> Command {
    let mut command = Command::new("docker");
    command.args(arguments).envs(host.map(|host| ("DOCKER_HOST", host)));
    command
}

/// Whether an engine answers: the client's own version would come without one.
fn answers(host: Option<&str>) -> bool {
    step::succeeds(&mut docker(host, &["version", "--format", "{{.Server.Version}}"]))
}

/// Finds the machine's engine or, in CI, brings one. In CI the image is there afterwards too; elsewhere testcontainers
/// pulls it at first use.
pub(crate) fn prepare() -> Result<Docker, Unusable> {
    if !machine::is_ci() {
        return if answers(None) {
            Ok(Docker { daemon: None })
        } else {
            Err(Unusable::Missing("no Docker engine answers; start one, or name it in DOCKER_HOST".to_owned()))
        };
    }
    let docker = if answers(None) { Docker { daemon: None } } else { bring()? };
    image::ensure(&docker, &ask("image")?)?;
    Ok(docker)
}

fn bring() -> Result<Docker, Unusable> {
    if !machine::has("dockerd") {
        if !machine::is_root_on_debian() {
            let message = "no Docker engine answers, and only root on Debian can install one here; start one";
            return Err(Unusable::Missing(message.to_owned()));
        }
        daemon::install()?;
        // Where services start on installation, this one has.
        if answers(None) {
            return Ok(Docker { daemon: None });
        }
    }
    Ok(Docker { daemon: Some(Daemon::start()?) })
}

/// `cargo xtask docker`: runs a command with what `prepare` finds or brings.
pub(crate) fn run_with(command: &[String]) -> ExitCode {
    // The image is made by the tests' harness, which nothing else may have built yet.
    let built =
        step::run(&mut step::cargo(&["build", "--quiet", "--package", "dynamo-model-tests", "--bin", "engine"]));
    let prepared = built.map_err(Unusable::Broken).and_then(|()| prepare());
    match (prepared, command) {
        (Ok(docker), [program, arguments @ ..]) => {
            let host = docker.host().map(|host| ("DOCKER_HOST", host));
            step::pass_on(Command::new(program).args(arguments).envs(host))
        }
        (Ok(_), []) => ExitCode::SUCCESS,
        (Err(Unusable::Missing(message) | Unusable::Broken(message)), _) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
