//! The report for people.

use std::mem::discriminant;

use super::{Run, columns, grid};
use crate::{Answer, Change, Engine, patterns::SESSIONS};

/// Fits a terminal of 100 columns.
const WIDTH: usize = 100;
const INDENT: &str = "    ";
/// Where a request goes on in a second line.
const CONTINUED: &str = "      ";

/// Every access pattern with its name, the Rust that asked, what was asked of DynamoDB, and what came back.
#[must_use]
pub fn text(run: &Run) -> String {
    let mut lines = vec![heading(run)];
    for (at, answer) in run.answers.iter().enumerate() {
        lines.push(String::new());
        lines.push(format!("{:>2}. {}", at + 1, answer.name));
        lines.push(format!("{INDENT}{}", answer.code));
        lines.extend(wrapped(&answer.request.to_string()));
        lines.push(String::new());
        lines.extend(table(answer));
        lines.push(format!("{INDENT}{}", count(run, answer)));
        lines.push(format!("{INDENT}cost: {}", answer.cost));
    }
    if !run.changes.is_empty() {
        lines.push(String::new());
        lines.push("Writes, and the keys that follow them".to_owned());
    }
    for change in &run.changes {
        lines.push(String::new());
        lines.push(format!(" -  {}", change.name));
        lines.extend(wrapped(&change.code.split_whitespace().collect::<Vec<_>>().join(" ")));
        lines.extend(wrapped(&change.request.to_string()));
        lines.push(format!("{INDENT}=> {}", left(change)));
        lines.push(format!("{INDENT}cost: {}", change.cost));
    }
    lines.join("\n")
}

fn left(change: &Change) -> String {
    if change.left.is_empty() {
        return "nothing is left".to_owned();
    }
    let left: Vec<_> = change.left.iter().map(|(name, text)| format!("{name} = {text}")).collect();
    left.join(", ")
}

fn heading(run: &Run) -> String {
    let place = match &run.engine {
        Engine::Embedded => "in the embedded engine".to_owned(),
        Engine::Local => "on DynamoDB Local".to_owned(),
        Engine::Docker => "on DynamoDB Local in a container".to_owned(),
        Engine::Url(url) => format!("at {url}"),
    };
    let kept = match run.loaded.kept {
        0 => String::new(),
        kept => format!(", {kept} were there already"),
    };
    format!("CodexFlow's table `{}` {place}: {} items written{kept}", run.table, run.loaded.written)
}

/// The request's text, broken at spaces: exact requests are long.
fn wrapped(request: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = INDENT.to_owned();
    let mut empty = true;
    for word in request.split(' ') {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut line, CONTINUED.to_owned()));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    lines.push(line);
    lines
}

/// A table for each run of items of one entity.
fn table(answer: &Answer) -> Vec<String> {
    let mut lines = Vec::new();
    for items in answer.items.chunk_by(|a, b| discriminant(a) == discriminant(b)) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let rows: Vec<_> = items.iter().map(columns::cells).collect();
        let grid = items.first().map(|first| grid::lines(columns::columns(first), &rows, WIDTH - INDENT.len()));
        lines.extend(grid.into_iter().flatten().map(|line| format!("{INDENT}{line}")));
    }
    lines
}

fn count(run: &Run, answer: &Answer) -> String {
    let count = match answer.items.len() {
        0 => "no items".to_owned(),
        1 => "1 item".to_owned(),
        count => format!("{count} items"),
    };
    match run.expired_sessions {
        1.. if answer.name == SESSIONS => {
            format!("{count}; {} more have expired and are not returned", run.expired_sessions)
        }
        _ => count,
    }
}
