//! A Docker engine of our own, for machines without one.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{self, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::answers;
use crate::supervise::Supervised;
use crate::{machine, step};

/// From the start of the engine to its first answer.
const STARTUP: Duration = Duration::from_mins(1);
const PAUSE: Duration = Duration::from_millis(100);

/// A running `dockerd`, which ends with this value or with this process.
#[derive(Debug)]
pub(super) struct Daemon {
    host: String,
    run: PathBuf,
    process: Option<Supervised>,
    /// Two engines on the same images would ruin them: the next waits until this lock is closed.
    _lock: File,
}

/// Installs Debian's `docker.io`.
pub(super) fn install() -> Result<(), String> {
    println!("no Docker engine answers: installing docker.io");
    apt_get(&["update", "--quiet"])?;
    apt_get(&["install", "--quiet", "--yes", "--no-install-recommends", "docker.io"])?;
    if !machine::has("docker") {
        // Since Debian 13 the command line is a package of its own.
        apt_get(&["install", "--quiet", "--yes", "--no-install-recommends", "docker-cli"])?;
    }
    Ok(())
}

fn apt_get(arguments: &[&str]) -> Result<(), String> {
    // Its output is long and of interest only where it fails.
    step::output(Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive")).map(drop)
}

impl Daemon {
    /// Starts an engine whose images stay in the target directory, so that the next run has them. Its storage driver is
    /// `vfs`: slow, and the one that works on any file system, in a container too.
    pub(super) fn start() -> Result<Self, String> {
        let store = machine::target()?.join("docker");
        // Not in the target directory: the path of a socket has at most 107 bytes.
        let run = PathBuf::from(format!("/run/dynamo-model-docker-{}", process::id()));
        let failed = |error| format!("no Docker engine can be started in {}: {error}", store.display());
        fs::create_dir_all(&store).map_err(failed)?;
        let lock = File::create(store.join("lock")).map_err(failed)?;
        lock.lock().map_err(failed)?;
        let log = store.join("dockerd.log");
        let output = File::create(&log).map_err(failed)?;

        let path = |directory: &PathBuf, name: &str| directory.join(name).display().to_string();
        let host = format!("unix://{}", path(&run, "docker.sock"));
        let arguments = [
            "--storage-driver=vfs".to_owned(),
            format!("--data-root={}", path(&store, "data")),
            format!("--exec-root={}", run.display()),
            format!("--pidfile={}", path(&run, "docker.pid")),
            format!("--host={host}"),
        ];
        println!("starting a Docker engine of our own; its log is {}", log.display());
        fs::create_dir_all(&run).map_err(failed)?;
        let process = Supervised::start("dockerd", &arguments.each_ref().map(String::as_str), output)?;
        let mut daemon = Self { host, run, process: Some(process), _lock: lock };
        let start = Instant::now();
        while !answers(Some(&daemon.host)) {
            let ended = daemon.process.as_mut().and_then(Supervised::ended);
            if ended.is_some() || start.elapsed() > STARTUP {
                return Err(format!("dockerd does not answer; {} says why", log.display()));
            }
            sleep(PAUSE);
        }
        Ok(daemon)
    }

    /// The engine's address, for `DOCKER_HOST`.
    pub(super) fn host(&self) -> &str {
        &self.host
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        drop(self.process.take());
        // An empty directory of sockets; what cannot be removed harms nobody.
        let _ = fs::remove_dir_all(&self.run);
    }
}
