//! Compares the builders with the installed tools: which options they know, and how these are written.

mod builders;
mod compare;
mod git;
mod gnu;
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
    if std::env::args().skip(1).any(|arg| arg == "--reasons") {
        report::reasons();
        return ExitCode::SUCCESS;
    }
    match report::all() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("verify: {error}");
            ExitCode::FAILURE
        }
    }
}
