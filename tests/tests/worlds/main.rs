//! The lab and the operating system give the same outcomes, errors, lines and events.

mod batches;
mod edges;
mod lines;
mod pipelines;

use std::fmt::Debug;
use std::pin::Pin;
use std::time::Duration;

use cuprum::backend::Os;
use cuprum::outcome::CancelReason;
use cuprum::prelude::*;
use cuprum::spec::{Budget, CancelToken, Leftovers, Mode, SafeCmd, Stdin, Stdio};
use cuprum::{Cx, Error, ErrorKind, ExitStatus, Lab, Outcome, graph};
use cuprum_tests::{Probe, Recorded, scripted};

/// How long a real process that cannot end has to do so.
const SHORT: Duration = Duration::from_millis(200);

/// How many orders of the lab are tried.
const SEEDS: u64 = 200;

/// Makes runs of the test program of one world.
#[derive(Clone, Copy)]
struct World {
    exe: &'static str,
}

const REAL: World = World { exe: env!("CARGO_BIN_EXE_probe") };
const LAB: World = World { exe: "/lab/bin/probe" };

impl World {
    fn probe(self, words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
        cuprum_tests::probe(self.exe, words)
    }
}

/// Runs the scenario with real processes and in the lab, there in many orders; all must give the same.
#[track_caller]
fn same<T: PartialEq + Debug>(scenario: impl Fn(World) -> Pin<Box<dyn Future<Output = T>>>) -> T {
    same_told(scenario, Recorded::by_stage)
}

/// As `same`, for scenarios in which it is a race how much is printed: of the events, the kinds must be the same.
#[track_caller]
fn same_kinds<T: PartialEq + Debug>(scenario: impl Fn(World) -> Pin<Box<dyn Future<Output = T>>>) -> T {
    same_told(scenario, Recorded::kinds_by_stage)
}

#[track_caller]
fn same_told<T: PartialEq + Debug>(
    scenario: impl Fn(World) -> Pin<Box<dyn Future<Output = T>>>,
    told: impl Fn(&Recorded) -> Vec<String>,
) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let recorded = Recorded::default();
    let cx = Cx::new().with_backend(Os::new()).with_observer(recorded.clone());
    let real = runtime.block_on(cx.scope(scenario(REAL)));
    let events = told(&recorded);
    let check = |lab: Lab, world: &str| {
        let recorded = Recorded::default();
        let cx = lab.cx().with_observer(recorded.clone());
        assert_eq!(lab.run(cx.scope(scenario(LAB))), real, "{world}");
        assert_eq!(told(&recorded), events, "events {world}");
    };
    check(scripted::lab(), "in the lab");
    for seed in 0..SEEDS {
        check(scripted::lab().seed(seed), &format!("in the lab, with seed {seed}"));
    }
    real
}

/// What must be the same of an outcome: all but its pid and its times.
fn timeless(outcome: &Outcome) -> Outcome {
    outcome.clone().with_pid(0).with_cpu(None).with_duration(Duration::ZERO)
}

/// What must be the same of an error.
fn known(error: &Error) -> (ErrorKind, String, Option<Outcome>) {
    (error.kind(), error.to_string(), error.outcome().map(timeless))
}

async fn outcome(command: SafeCmd<Vec<u8>, Probe>) -> Outcome {
    timeless(&command.output().await.unwrap())
}

/// Reads the lines until the first of them has come, cancels the run, and returns all lines and the error.
async fn cancelled_at_a_line(command: SafeCmd<Vec<u8>, Probe>) -> (Vec<String>, Error) {
    let token = CancelToken::new();
    let mut lines = command.cancelled_by(&token).lines();
    let mut seen = Vec::new();
    loop {
        match lines.next().await.unwrap() {
            Ok(line) => seen.push(line.to_string()),
            Err(error) => return (seen, error),
        }
        token.cancel();
    }
}

#[test]
fn streams_and_statuses() {
    let seen = same(|world| {
        Box::pin(async move {
            [
                outcome(world.probe(&["out", "a", "err", "b", "out", "c", "exit", "3"])).await,
                outcome(world.probe(&[])).await,
                outcome(world.probe(&["out", "half", "abort"])).await,
                outcome(world.probe(&["spam", "out", "300000", "spam", "err", "300000"])).await,
                outcome(world.probe(&["out", "a", "err", "b"]).stdout(Stdio::Null)).await,
                outcome(world.probe(&["out", "a", "err", "b", "out", "c"]).stderr(Stdio::Merged)).await,
            ]
        })
    });
    assert_eq!(seen[2].status(), ExitStatus::Signal(6));
    assert_eq!(seen[5].stdout().bytes(), b"abc");
}

#[test]
fn inputs() {
    let seen = same(|world| {
        Box::pin(async move {
            let large = || vec![b'i'; 300_000];
            [
                outcome(world.probe(&["cat", "out", "!"])).await,
                outcome(world.probe(&["cat"]).stdin(Stdin::Bytes(large()))).await,
                outcome(world.probe(&["out", "unread"]).stdin(Stdin::Bytes(large()))).await,
                outcome(world.probe(&["cat"]).stdin(Stdin::reader(std::io::Cursor::new(large())))).await,
                outcome(world.probe(&["env", "A", "env", "B"]).env("A", "1").env_remove("B")).await,
            ]
        })
    });
    assert_eq!((seen[1].stdout().total(), seen[4].stdout().bytes()), (300_000, &b"1<unset>"[..]));
}

#[test]
fn failures() {
    let seen = same(|world| {
        Box::pin(async move {
            let code = world.probe(&["out", "x", "err", "fatal: no\n", "exit", "2"]).run().await.unwrap_err();
            let signal = world.probe(&["abort"]).run().await.unwrap_err();
            [known(&code), known(&signal)]
        })
    });
    assert_eq!(seen[0].1, "`probe out x err $'fatal: no\\n' exit 2` failed: exit status 2\n  fatal: no");
}

#[test]
fn limits_of_time() {
    let seen = same(|world| {
        Box::pin(async move {
            let timeout = world.probe(&["stay"]).timeout(SHORT).run().await.unwrap_err();
            let idle = world.probe(&["stay"]).idle_timeout(SHORT).run().await.unwrap_err();
            [known(&timeout), known(&idle)]
        })
    });
    assert_eq!(seen[0].2.as_ref().unwrap().status(), ExitStatus::Signal(15));
}

#[test]
fn limits_of_output() {
    let reason = same_kinds(|world| {
        Box::pin(async move {
            let budget = Budget { output: Some(1000), time: None };
            let error = world.probe(&["spam", "out", "5000", "stay"]).budget(budget).run().await.unwrap_err();
            (error.kind(), error.outcome().unwrap().stopped())
        })
    });
    assert_eq!(reason.1.unwrap().reason, CancelReason::OutputLimit(1000));
}

#[test]
fn cancelled_runs() {
    let seen = same(|world| {
        Box::pin(async move {
            let mut seen = Vec::new();
            for words in [
                &["out", "up\n", "stay"][..],
                &["block-term", "out", "up\n", "stay"],
                &["block-term", "out", "up\n", "wait-term", "out", "bye", "exit", "4"],
                &["out", "up\n", "stop", "stay"],
                &["fork", "block-term", "out", "up\n", "stay"],
            ] {
                let (lines, error) = cancelled_at_a_line(world.probe(words).grace(SHORT)).await;
                seen.push((lines, known(&error)));
            }
            seen
        })
    });
    let statuses: Vec<_> = seen.iter().map(|(_, (.., outcome))| outcome.as_ref().unwrap().status()).collect();
    let (signal, code) = (ExitStatus::Signal, ExitStatus::Code);
    assert_eq!(statuses, [signal(15), signal(9), code(4), signal(15), signal(15)]);
    assert_eq!(seen[2].0, ["up", "bye"]);
}

#[test]
fn leftovers() {
    let seen = same(|world| {
        Box::pin(async move {
            let killed = world.probe(&["out", "hi", "leave", "stay"]).leftovers(Leftovers::Kill);
            let waited = world.probe(&["out", "a", "leave", "out", "b"]).leftovers(Leftovers::Wait);
            [outcome(killed).await, outcome(waited).await]
        })
    });
    assert!(seen[0].leaked() && !seen[1].leaked());
}

#[test]
fn pipelines() {
    let seen = same(|world| {
        Box::pin(async move {
            let flows = world.probe(&["out", "text"]) | world.probe(&["cat", "out", "!"]);
            let fails = world.probe(&["stay"]) | world.probe(&["err", "no", "exit", "3"]);
            let last = (world.probe(&["exit", "3"]) | world.probe(&["out", "x"])).mode(Mode::Last);
            let mut seen = Vec::new();
            for line in [flows, fails, last] {
                let outcome = line.grace(SHORT).output().await.unwrap();
                seen.push((outcome.failure_index(), outcome.stages().map(timeless).collect::<Vec<_>>()));
            }
            seen
        })
    });
    assert_eq!(seen.iter().map(|(failure, _)| *failure).collect::<Vec<_>>(), [None, Some(1), None]);
    assert_eq!(seen[0].1[1].stdout().bytes(), b"text!");
}

#[test]
fn graphs() {
    let seen = same(|world| {
        Box::pin(async move {
            let [yes, no] = [world.probe(&["out", "y"]), world.probe(&["err", "no", "exit", "1"])];
            let mut seen = Vec::new();
            for line in
                [graph(yes.clone()).or(no.clone()).and(yes.clone()), graph(no.clone()).and(yes).or(no)]
            {
                let outcome = line.output().await.unwrap();
                let steps = outcome.steps().iter().map(|step| step.outcome().map(|step| step.status()));
                seen.push((outcome.status(), outcome.stdout(), steps.collect::<Vec<_>>()));
            }
            seen
        })
    });
    assert_eq!((seen[0].0, seen[0].1.as_slice(), seen[1].0), (0, &b"yy"[..], 1));
}

#[test]
fn lines() {
    let lines = same(|world| {
        Box::pin(async move {
            let mut lines = world.probe(&["out", "a\r\nb\rc\n", "out", "d", "exit", "0"]).lines();
            let mut seen = Vec::new();
            while let Some(line) = lines.next().await {
                seen.push(line.map(|line| (line.text_lossy().into_owned(), line.end)).unwrap());
            }
            seen
        })
    });
    assert_eq!(lines.len(), 4);
}

#[test]
fn a_world_that_behaves_otherwise_is_noticed() {
    let wrong = Lab::new().when(|_| true, cuprum::lab::Script::stdout("b"));
    let right = scripted::lab();
    let run = |lab: Lab| lab.run(async { outcome(LAB.probe(&["out", "a"])).await });
    assert_ne!(run(wrong), run(right));
}
