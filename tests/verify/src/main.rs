//! Compares the builders with the installed tools: which options they know, and how these are written.

mod builders;
mod compare;
mod git;
mod live;
mod omitted;
mod option;
mod report;
mod run;
mod samples;
mod scratch;
mod usage;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let list = args.next().is_some_and(|arg| arg == "--reasons");
    match report::all(list) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("verify: {error}");
            ExitCode::FAILURE
        }
    }
}
