//! Encode, decode and key building of a 10-attribute task: this library, `serde_dynamo` and code written by hand.
//!
//! Instructions are counted by `valgrind`, so they repeat; times are ratios within one run; allocations are exact.

mod by_hand;
mod by_serde_dynamo;
mod cases;
mod count;
mod task;

use std::{env, hint::black_box, process::ExitCode, time::Instant};

use cases::{CASES, Case, Way};

/// Calls in one timing, and timings of which the fastest counts.
const CALLS: u32 = 2_000;
const TIMINGS: u32 = 15;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match &arguments[..] {
        [] => compare(),
        [count, case, way, calls] if count == "count" => run(case, way, calls),
        _ => {
            eprintln!("usage: model [count CASE WAY CALLS]");
            ExitCode::from(64)
        }
    }
}

/// Prints one line a case and way; fails if `serde_dynamo` takes fewer instructions for one of them.
fn compare() -> ExitCode {
    println!("{:<24}{:<14}{:>14}{:>10}{:>10}{:>8}", "case", "way", "instructions", "against", "time", "allocs");
    let mut worse = Vec::new();
    for case in CASES {
        let instructions = case.ways.iter().map(|way| count::instructions(case, way));
        let instructions: Vec<u64> = match instructions.collect() {
            Ok(instructions) => instructions,
            Err(error) => {
                eprintln!("{error}");
                return ExitCode::FAILURE;
            }
        };
        let times: Vec<f64> = case.ways.iter().map(fastest).collect();
        for (at, way) in case.ways.iter().enumerate() {
            #[allow(clippy::cast_precision_loss, reason = "a ratio to two digits")]
            let against = instructions[at] as f64 / instructions[0] as f64;
            if way.name == "serde_dynamo" && instructions[at] < instructions[0] {
                worse.push(case.name);
            }
            println!(
                "{:<24}{:<14}{:>14}{:>9.2}x{:>9.2}x{:>8}",
                if at == 0 { case.name } else { "" },
                way.name,
                instructions[at],
                against,
                times[at] / times[0],
                allocations(way),
            );
        }
    }
    println!("\nRatios are against dynamo-model: more than 1 is slower than it.");
    if worse.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!("more instructions than serde_dynamo: {}", worse.join(", "));
    ExitCode::FAILURE
}

/// Runs one way under the instruction counter.
fn run(case: &str, way: &str, calls: &str) -> ExitCode {
    let found = CASES.iter().find(|known| known.name == case);
    let found = found.and_then(|case| case.ways.iter().find(|known| known.name == way));
    let (Some(way), Ok(calls)) = (found, calls.parse::<u32>()) else { return ExitCode::from(64) };
    let mut call = (way.prepare)();
    for _ in 0..calls {
        black_box(call());
    }
    ExitCode::SUCCESS
}

/// Seconds of the fastest of several timings: what the machine's other work disturbed least.
fn fastest(way: &Way) -> f64 {
    let mut call = (way.prepare)();
    let timings = (0..TIMINGS).map(|_| {
        let start = Instant::now();
        for _ in 0..CALLS {
            black_box(call());
        }
        start.elapsed().as_secs_f64()
    });
    timings.fold(f64::INFINITY, f64::min)
}

fn allocations(way: &Way) -> u64 {
    let mut call = (way.prepare)();
    black_box(call());
    allocation_counter::measure(|| {
        black_box(call());
    })
    .count_total
}

/// Where a case is named in messages.
fn label(case: &Case, way: &Way) -> String {
    format!("{} by {}", case.name, way.name)
}
