//! The project's own commands; `cargo xtask help` lists them.

mod args;
mod docker;
mod engine;
mod gate;
mod machine;
mod report;
mod step;
mod supervise;
mod tally;

use std::process::ExitCode;

use args::Task;

fn main() -> ExitCode {
    let task = match Task::parse(std::env::args().skip(1)) {
        Ok(task) => task,
        Err(message) => {
            eprintln!("{message}\n\n{}", args::HELP);
            return ExitCode::from(2);
        }
    };
    match task {
        Task::Help => {
            print!("{}", args::HELP);
            ExitCode::SUCCESS
        }
        Task::Test(options) => gate::run(&options),
        Task::Bench(arguments) => {
            step::pass_on(step::cargo(&["run", "--release", "--package", "dynamo-model-benches", "--"]).args(arguments))
        }
        Task::Docker(command) => docker::run_with(&command),
    }
}
