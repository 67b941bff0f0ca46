//! Creates CodexFlow's table, loads the seeds, runs every access pattern and shows each with its request and its result.

use std::{
    error::Error as StdError,
    io::{self, ErrorKind, Write as _},
    process::ExitCode,
};

use clap::Parser;
use codexflow::{
    Engine, Running, Seeds, Subject, access_patterns, changes,
    report::{self, Run},
};

/// Creates CodexFlow's table, loads its seeds and runs every access pattern.
///
/// The seeds are put over what the table holds, so a second run on the same table gives the same.
#[derive(Debug, Parser)]
#[command(name = "codexflow", version)]
struct Arguments {
    /// Where the table lies: `embedded`, in this process; `local`, DynamoDB Local on this machine's Java; `docker`,
    /// DynamoDB Local in a container; or the URL of an endpoint, such as `http://127.0.0.1:8000`.
    ///
    /// An endpoint takes credentials and Region from `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` and
    /// `AWS_REGION`; without them one that is reached by `http://` gets made-up ones. `CODEXFLOW_TABLE` names the table, if it is
    /// not to be `codexflow-main`.
    #[arg(long, value_name = "ENGINE", default_value_t = Engine::Embedded)]
    engine: Engine,

    /// Prints one JSON object: `items`, all that the table holds, and `patterns`, each with its name, request and result.
    #[arg(long)]
    json: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&*error);
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn StdError + Send + Sync>> {
    let seeds = Seeds::embedded()?;
    let subject = Subject::of_the_document()?;
    if matches!(arguments.engine, Engine::Local | Engine::Docker) {
        eprintln!("Starting DynamoDB Local; the first time it is built and fetched, which takes minutes.");
    }
    let Running { db, .. } = &arguments.engine.start().await?;
    let run = Run {
        table: db.table_name().to_owned(),
        loaded: seeds.load(db).await?,
        answers: access_patterns(db, &subject).await?,
        changes: if arguments.json { Vec::new() } else { changes(db).await? },
        expired_sessions: seeds.expired_sessions(&subject.user, db.context().now),
        engine: arguments.engine,
    };
    let shown = if arguments.json { report::json(&run, db).await? } else { report::text(&run) };
    print(&shown)?;
    Ok(())
}

/// Whoever reads only the beginning, as `head` does, has what was asked for.
fn print(text: &str) -> io::Result<()> {
    match writeln!(io::stdout(), "{text}") {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Prints an error and, each in a line of its own, what caused it.
fn complain(error: &dyn StdError) {
    eprintln!("error: {error}");
    let mut source = error.source();
    while let Some(cause) = source {
        eprintln!("  because: {cause}");
        source = cause.source();
    }
}
