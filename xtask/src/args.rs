//! The command line.

/// What `cargo xtask help` prints.
pub(crate) const HELP: &str = "\
cargo xtask test [--engine ENGINE,..] [--fast]
    Runs what CI runs: format, lints, documentation, tests without and with features, and the tests of all engines.
    --engine  only these of embedded, local (DynamoDB Local on Java) and docker (DynamoDB Local through testcontainers)
    --fast    format, lints and the tests only, on the embedded engine unless --engine says otherwise
cargo xtask bench [ARGUMENT..]
    Runs the benchmarks, which need valgrind; arguments go to them.
cargo xtask docker COMMAND..
    Runs a command with a Docker engine that has DynamoDB Local's image. In CI (`CI` is set), as root on Debian, what
    is missing is installed, started and built.
";

/// An engine that the tests run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Embedded,
    Local,
    Docker,
}

impl Engine {
    const ALL: [Self; 3] = [Self::Embedded, Self::Local, Self::Docker];

    /// The name that `DYNAMO_MODEL_ENGINE` and `--engine` take.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Embedded => "embedded",
            Self::Local => "local",
            Self::Docker => "docker",
        }
    }
}

/// What `cargo xtask test` is to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) engines: Vec<Engine>,
    pub(crate) fast: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Help,
    Test(Options),
    Bench(Vec<String>),
    Docker(Vec<String>),
}

impl Task {
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        match arguments.next().as_deref() {
            None | Some("help" | "--help" | "-h") => Ok(Self::Help),
            Some("test") => Ok(Self::Test(Options::parse(arguments)?)),
            Some("bench") => Ok(Self::Bench(arguments.collect())),
            Some("docker") => match arguments.collect::<Vec<_>>() {
                command if command.is_empty() => Err("`docker` needs a command to run".to_owned()),
                command => Ok(Self::Docker(command)),
            },
            Some(other) => Err(format!("unknown task `{other}`")),
        }
    }
}

impl Options {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut engines = Vec::new();
        let mut fast = false;
        while let Some(argument) = arguments.next() {
            match argument.split_once('=').unwrap_or((&argument, "")) {
                ("--fast", "") => fast = true,
                ("--engine", "") => parse_engines(&arguments.next().unwrap_or_default(), &mut engines)?,
                ("--engine", names) => parse_engines(names, &mut engines)?,
                _ => return Err(format!("unknown option `{argument}`")),
            }
        }
        if engines.is_empty() {
            engines = if fast { vec![Engine::Embedded] } else { Engine::ALL.to_vec() };
        }
        Ok(Self { engines, fast })
    }
}

fn parse_engines(names: &str, engines: &mut Vec<Engine>) -> Result<(), String> {
    for name in names.split(',') {
        let engine = Engine::ALL.into_iter().find(|engine| engine.name() == name);
        let engine = engine.ok_or_else(|| format!("unknown engine `{name}`; write `embedded`, `local` or `docker`"))?;
        if !engines.contains(&engine) {
            engines.push(engine);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Task, String> {
        Task::parse(line.split_whitespace().map(str::to_owned))
    }

    fn test(engines: &[Engine], fast: bool) -> Task {
        Task::Test(Options { engines: engines.to_vec(), fast })
    }

    #[test]
    fn everything_is_the_default() {
        assert_eq!(parse("test"), Ok(test(&Engine::ALL, false)));
        assert_eq!(parse("test --fast"), Ok(test(&[Engine::Embedded], true)));
    }

    #[test]
    fn engines_are_listed_or_repeated() {
        let two = [Engine::Embedded, Engine::Docker];
        assert_eq!(parse("test --engine embedded,docker"), Ok(test(&two, false)));
        assert_eq!(parse("test --engine=embedded --fast --engine docker,embedded"), Ok(test(&two, true)));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for line in ["tset", "test --engine", "test --engine dokcer", "test local", "test --fast=no", "docker"] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
