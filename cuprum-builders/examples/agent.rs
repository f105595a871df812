//! Runs what an agent, or anybody who is not trusted, asks for: commands as words, under limits that are fixed here.
//!
//! ```text
//! agent PROGRAM… < requests
//! ```
//!
//! Each line of standard input is a request: the name of a program and its words, with blanks between them. Only the
//! programs that are named run. What they print is shown line by line as it comes, and then how the command has ended.
//! Ctrl-C stops the command that is running, and no other.

use std::io::BufRead as _;
use std::process::ExitCode;
use std::time::Duration;

use cuprum::context::CaptureLimit;
use cuprum::prelude::*;
use cuprum::spec::{Budget, CancelToken, Resource};
use cuprum::{Cx, Error, ErrorKind, unchecked};

/// The programs that may run, and what holds for each of their commands.
struct Tools {
    programs: Vec<String>,
    cx: Cx,
}

impl Tools {
    fn new(programs: Vec<String>) -> Self {
        let list: Vec<_> = programs.iter().map(|program| unchecked::program(program)).collect();
        let cx = Cx::new()
            .narrow_to(list)
            // No token or key of this process is theirs.
            .with_env_only(["PATH", "HOME", "LANG", "LC_*", "TMPDIR"])
            .with_timeout(Duration::from_secs(60))
            .with_idle_timeout(Duration::from_secs(20))
            .with_grace(Duration::from_secs(1))
            .with_budget(Budget { output: Some(10 << 20), time: None })
            .with_rlimit(Resource::AddressSpace, 4 << 30)
            // They are shown, and need not be kept, but for what an error tells.
            .with_capture_limit(CaptureLimit { head: 4 << 10, tail: 4 << 10 });
        Self { programs, cx }
    }

    /// Runs one request, shows its lines, and returns its exit code.
    async fn call(&self, request: &str, stop: &CancelToken) -> Result<i32, Error> {
        let words: Vec<&str> = request.split_whitespace().collect();
        let [program, args @ ..] = words.as_slice() else { return Ok(0) };
        // The context decides by the file. Names are kept for ever, so only those are used that are known.
        if !self.programs.iter().any(|known| known == program) {
            return Err(Error::other(format!("{program} may not be run: only {}", self.programs.join(", "))));
        }
        // Every exit code is an answer here.
        let command = unchecked::command(program).args(args).accept(0..=255).cancelled_by(stop);
        let mut lines = self.cx.lines(command);
        while let Some(line) = lines.next().await {
            let line = line?;
            println!("{} | {line}", line.source);
        }
        Ok(lines.outcome().and_then(|outcome| outcome.status().code()).unwrap_or_default())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let programs: Vec<String> = std::env::args().skip(1).collect();
    if programs.is_empty() || programs.iter().any(|program| program.starts_with('-')) {
        eprintln!("usage: agent PROGRAM… < requests");
        return ExitCode::from(2);
    }
    let tools = Tools::new(programs);
    for request in std::io::stdin().lock().lines() {
        let Ok(request) = request else { break };
        let stop = CancelToken::new();
        let mut call = std::pin::pin!(tools.call(&request, &stop));
        let result = tokio::select! {
            result = &mut call => result,
            _ = tokio::signal::ctrl_c() => {
                stop.cancel_because("somebody pressed Ctrl-C");
                call.await
            }
        };
        match result {
            Ok(code) => println!("= {code}"),
            // What the program printed was shown already.
            Err(error) if error.kind() == ErrorKind::Other => println!("! {error}"),
            Err(error) => println!("! {}: {error}", error.kind().name()),
        }
    }
    ExitCode::SUCCESS
}
