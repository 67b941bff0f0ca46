//! `cargo xtask test`: the whole gate, in order, until a step fails.

use std::process::{Command, ExitCode};

use crate::args::{Engine, Options};
use crate::docker::Docker;
use crate::engine::Server;
use crate::report::{Failed, Report};
use crate::step::{self, Stream, cargo};
use crate::tally::Tally;
use crate::{docker, machine};

/// The tests that run again on DynamoDB Local: all of the tests' package, so that a new one cannot be forgotten, and the
/// example's. What never talks to an engine and takes long is taken out by its file's name.
const ENGINE_TESTS: &str = "(package(dynamo-model-tests) - binary(=keys)) | package(codexflow)";
/// The tests that run once more through testcontainers. The server is the same as DynamoDB Local's, what differs is how
/// it is started and reached.
const DOCKER_TESTS: &str = "package(dynamo-model-tests) & binary(=engines)";

pub(crate) fn run(options: &Options) -> ExitCode {
    let mut report = Report::new();
    // The report has the failure and prints it last.
    let _: Result<(), Failed> = gate(options, &mut report);
    report.close()
}

fn gate(options: &Options, report: &mut Report) -> Result<(), Failed> {
    report.step("format", |_| step::run(&mut cargo(&["fmt", "--all", "--check"])))?;
    report.step("lints, all features", |_| {
        let arguments = ["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"];
        step::run(&mut cargo(&arguments))
    })?;
    if !options.fast {
        static_checks(report)?;
    }
    report.step("cargo-nextest", |_| nextest_is_there())?;
    if !options.fast {
        report.step("tests, no features", |tests| {
            nextest(&["--package", "dynamo-model", "--no-default-features"], &[], tests)
        })?;
    }
    report.step("build, all features", |_| {
        step::run(&mut cargo(&["nextest", "run", "--workspace", "--all-features", "--no-run"]))
    })?;
    if !options.fast {
        report.step("documentation's examples", |tests| {
            let mut command = cargo(&["test", "--workspace", "--all-features", "--doc"]);
            counted(&mut command, Stream::Stdout, tests)
        })?;
    }
    for &engine in &options.engines {
        match engine {
            Engine::Embedded => report.step("tests on embedded", |tests| {
                nextest(&["--workspace", "--all-features"], &[("DYNAMO_MODEL_ENGINE", "embedded")], tests)
            })?,
            Engine::Local | Engine::Docker => on_server(engine, report)?,
        }
    }
    if !options.fast {
        report.step("cargo run -p codexflow", |_| step::run(&mut cargo(&["run", "--package", "codexflow"])))?;
    }
    Ok(())
}

/// What is left of the checks that run nothing.
fn static_checks(report: &mut Report) -> Result<(), Failed> {
    report.step("lints, no features", |_| {
        let package = ["clippy", "--package", "dynamo-model", "--no-default-features", "--all-targets"];
        step::run(cargo(&package).args(["--", "-D", "warnings"]))
    })?;
    report.step("documentation", |_| {
        let arguments = ["doc", "--workspace", "--all-features", "--no-deps"];
        step::run(cargo(&arguments).env("RUSTDOCFLAGS", "-D warnings"))
    })?;
    Ok(())
}

/// Runs tests on one server that they share.
fn on_server(engine: Engine, report: &mut Report) -> Result<(), Failed> {
    let started = report.engine(engine, || {
        let docker = if engine == Engine::Docker { Some(docker::prepare()?) } else { None };
        let server = Server::start(engine, docker.as_ref().and_then(Docker::host))?;
        // The server ends before the Docker engine that it runs on: a tuple is dropped from the left.
        Ok((server, docker))
    })?;
    let Some((server, docker)) = &started else {
        return Ok(());
    };
    let mut variables = vec![("DYNAMO_MODEL_ENGINE", engine.name()), ("DYNAMO_MODEL_ENDPOINT", server.endpoint())];
    variables.extend(docker.as_ref().and_then(Docker::host).map(|host| ("DOCKER_HOST", host)));
    let filter = if engine == Engine::Docker { DOCKER_TESTS } else { ENGINE_TESTS };
    report.step(&format!("tests on {}", engine.name()), |tests| {
        nextest(&["--workspace", "--all-features", "--filterset", filter], &variables, tests)
    })
}

fn nextest(arguments: &[&str], variables: &[(&str, &str)], tests: &mut Tally) -> Result<(), String> {
    let profile = if machine::is_ci() { "ci" } else { "default" };
    let mut command = cargo(&["nextest", "run", "--profile", profile]);
    command.args(arguments).envs(variables.iter().copied());
    counted(&mut command, Stream::Stderr, tests)
}

fn counted(command: &mut Command, summary: Stream, tests: &mut Tally) -> Result<(), String> {
    let (tally, result) = step::run_counted(command, summary);
    *tests += tally;
    result
}

fn nextest_is_there() -> Result<(), String> {
    if step::succeeds(&mut cargo(&["nextest", "--version"])) {
        return Ok(());
    }
    let mut install = cargo(&["install", "--locked", "cargo-nextest"]);
    if machine::is_ci() {
        step::run(&mut install).map(drop)
    } else {
        Err(format!("the tests need cargo-nextest; run `{}`", step::shown(&install)))
    }
}
