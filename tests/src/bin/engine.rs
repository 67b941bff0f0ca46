//! Runs one server for many test processes, until its standard input ends.
//!
//! `engine local` and `engine docker` print the server's URL, for `DYNAMO_MODEL_ENDPOINT`; `engine jars` prints where
//! DynamoDB Local's jars are, `engine image` the name of its image. Exit status 69 means that this machine lacks what
//! it takes.

use std::io::{self, Write};
use std::process::ExitCode;

use dynamo_model_tests::{Engine, EngineError, EngineKind, docker_image, dynamodb_local_jars};

/// `EX_UNAVAILABLE` of `sysexits.h`.
const UNAVAILABLE: u8 = 69;
/// `EX_USAGE` of `sysexits.h`.
const USAGE: u8 = 64;

#[tokio::main]
async fn main() -> ExitCode {
    let argument = std::env::args().nth(1);
    let result = match argument.as_deref() {
        Some("local") => serve(EngineKind::Local).await,
        Some("docker") => serve(EngineKind::Docker).await,
        Some("jars") => dynamodb_local_jars().map(|directory| println!("{}", directory.display())),
        Some("image") => {
            println!("{}", docker_image());
            Ok(())
        }
        _ => {
            eprintln!("usage: engine local | docker | jars | image");
            return ExitCode::from(USAGE);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            if error.is_missing() { ExitCode::from(UNAVAILABLE) } else { ExitCode::FAILURE }
        }
    }
}

async fn serve(kind: EngineKind) -> Result<(), EngineError> {
    let engine = Engine::start_own(kind).await?;
    // A reader that went away meanwhile is no fault of this program's.
    let told = writeln!(io::stdout(), "{}", engine.endpoint().unwrap_or_default());
    // Whoever reads the URL may read a pipe, and whoever waits for the end writes nothing. Where either is broken, so
    // is the wish to go on.
    if told.and_then(|()| io::stdout().flush()).is_ok() {
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
    }
    Ok(())
}
