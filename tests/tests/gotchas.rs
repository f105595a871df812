//! What goes wrong with child processes elsewhere, as far as no other test is about it; `docs/gotchas.md` lists all.

use std::fs::{self, Permissions};
use std::future::poll_fn;
use std::os::unix::fs::PermissionsExt as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use cuprum::backend::{Backend as _, Os, Signal, StartErrorKind};
use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::{CancelToken, SafeCmd, Secret, Stdin, Stdio};
use cuprum::{Command, Cx, ErrorKind, ExitStatus, Program};
use cuprum_tests::{Fifo, GENEROUS, Probe};

const PROBE: &str = env!("CARGO_BIN_EXE_probe");

/// As long as a run may take that nobody ends: no test waits for it.
const NEVER: Duration = Duration::from_secs(3600);

fn probe(words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
    cuprum_tests::probe(PROBE, words)
}

#[tokio::test]
async fn a_group_is_killed_while_its_leader_is_still_a_zombie() {
    let fifo = Fifo::new();
    let (up, gone) = fifo.watch();
    let launch = probe(&["leave", "hold", fifo.name()]).plan().unwrap().launch().clone();
    let mut process = Os::new().start(&launch).unwrap().process;
    up.await;
    poll_fn(|context| process.poll_exit(context)).await.unwrap();
    let stat = fs::read_to_string(format!("/proc/{}/stat", process.pid())).unwrap();
    assert!(stat.contains("(probe) Z "), "{stat}");
    process.signal(Signal::Kill).unwrap();
    gone.await;
    assert_eq!(process.reap().unwrap().status, ExitStatus::Code(0));
    // The id may be anybody's by now.
    process.signal(Signal::Kill).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancel_that_races_with_the_exit_ends_in_one_of_the_two_and_in_no_error_of_the_kernel() {
    let runs: Vec<_> = (0..200)
        .map(|turns| {
            let token = CancelToken::new();
            let run = tokio::spawn(probe(&["exit", "0"]).cancelled_by(&token).run());
            tokio::spawn(async move {
                for _ in 0..turns {
                    tokio::task::yield_now().await;
                }
                token.cancel();
            });
            run
        })
        .collect();
    for run in runs {
        let kind = run.await.unwrap().map_err(|error| error.kind());
        assert!(matches!(kind, Ok(_) | Err(ErrorKind::Cancelled)), "{kind:?}");
    }
}

#[tokio::test]
async fn dropping_a_run_returns_at_once_and_asks_before_it_forces() {
    let (fifo, asked) = (Fifo::new(), Fifo::new());
    let (up, gone) = fifo.watch();
    let (asking, _gone) = asked.watch();
    // It stays until it is killed, and says when it has been asked.
    let words = ["block-term", "fork", "wait-term", "say", asked.name(), "hold", fifo.name()];
    let run = tokio::spawn(probe(&words).grace(NEVER).run());
    let marked = || with_word(fifo.name());
    let both = async {
        while marked().len() < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(GENEROUS, both).await.expect("both processes start");
    run.abort();
    assert!(run.await.unwrap_err().is_cancelled());
    asking.await;
    up.await;
    assert!(!gone.has_come());
    // The grace is longer than the test: the group is ended here.
    for pid in marked() {
        #[expect(clippy::disallowed_methods, reason = "nobody holds the run any more that could end it")]
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
    }
    gone.await;
}

/// Returns the processes that have this word on their command line.
fn with_word(word: &str) -> Vec<rustix::process::Pid> {
    let has = |pid: i32| {
        let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        line.split(|byte| *byte == 0).any(|other| other == word.as_bytes())
    };
    let entries = fs::read_dir("/proc").unwrap().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(|pid| has(*pid)).filter_map(rustix::process::Pid::from_raw).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dropped_run_that_ignores_the_signal_is_killed_after_the_grace() {
    let fifo = Fifo::new();
    let (up, gone) = fifo.watch();
    let words = ["block-term", "hold", fifo.name()];
    let run = tokio::spawn(probe(&words).grace(Duration::from_millis(50)).run());
    up.await;
    run.abort();
    gone.await;
}

#[tokio::test]
async fn a_child_that_reads_a_part_of_its_input_gets_that_part() {
    let input = vec![b'i'; 4 << 20];
    assert_eq!(probe(&["take", "10"]).stdin(Stdin::Bytes(input)).run().await.unwrap(), b"iiiiiiiiii");
}

#[test]
fn the_file_that_was_found_is_the_file_that_runs() {
    let dir = tempfile::tempdir().unwrap();
    let copy = dir.path().canonicalize().unwrap().join("probe");
    fs::copy(PROBE, &copy).unwrap();
    let decoy = tempfile::tempdir().unwrap();
    fs::write(decoy.path().join("probe"), "#!/bin/sh\necho decoy\n").unwrap();
    // The decoy comes first in PATH, and may be executed from the moment of the plan on.
    let path = std::env::join_paths([decoy.path(), copy.parent().unwrap()]).unwrap();
    let command = probe(&["exe"]).env("PATH", path);
    let plan = command.clone().plan().unwrap();
    assert_eq!(plan.launch().program, copy);
    fs::set_permissions(decoy.path().join("probe"), Permissions::from_mode(0o755)).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let output = runtime.block_on(async {
        // The copy is busy while a child of another test still holds the descriptor it was written by.
        let mut started = loop {
            match Os::new().start(plan.launch()) {
                Err(fault) if fault.kind == StartErrorKind::Busy => tokio::task::yield_now().await,
                started => break started.unwrap(),
            }
        };
        let mut output = String::new();
        let stdout = started.stdout.as_mut().unwrap();
        tokio::io::AsyncReadExt::read_to_string(stdout, &mut output).await.unwrap();
        output
    });
    assert_eq!(Path::new(&output), copy);
    assert_eq!(command.read().wait().unwrap(), "decoy");
}

#[test]
fn a_program_is_found_before_its_directory_is_entered() {
    let dir = tempfile::tempdir().unwrap();
    let script = |place: &Path, says: &str| {
        fs::create_dir_all(place).unwrap();
        fs::write(place.join("tool"), format!("#!/bin/sh\necho {says}\n")).unwrap();
        fs::set_permissions(place.join("tool"), Permissions::from_mode(0o755)).unwrap();
    };
    // Two files of the same relative path: seen from the test's folder, and from the child's.
    let here = std::env::current_dir().unwrap();
    let sub = dir.path().join("sub");
    let up = "../".repeat(here.components().count() - 1);
    let relative = PathBuf::from(up).join(dir.path().strip_prefix("/").unwrap()).join("tool");
    script(dir.path(), "parent");
    script(&sub.join(relative.parent().unwrap()), "parent");
    let command = cuprum::unchecked::command(relative.to_str().unwrap()).in_dir(&sub);
    assert_eq!(command.read().wait().unwrap(), "parent");
    script(&sub, "child");
    let by_name = cuprum::unchecked::command("./tool").in_dir(&sub);
    assert_eq!(by_name.read().wait().unwrap_err().kind(), ErrorKind::ProgramNotFound);
}

#[test]
fn scripts_run_right_after_they_are_written_while_others_spawn() {
    let dir = tempfile::tempdir().unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    probe(&["exit", "0"]).run().wait().unwrap();
                }
            });
        }
        let results: Vec<_> = (0..200)
            .map(|number| {
                let script = dir.path().join(number.to_string());
                fs::write(&script, "#!/bin/sh\n").unwrap();
                fs::set_permissions(&script, Permissions::from_mode(0o755)).unwrap();
                cuprum::unchecked::command(script.to_str().unwrap()).run().wait()
            })
            .collect();
        done.store(true, Ordering::Relaxed);
        results.into_iter().for_each(|result| result.unwrap());
    });
}

#[test]
fn a_child_outlives_the_thread_that_started_it() {
    let fifo = Fifo::new();
    let (up, gone) = fifo.watch();
    let launch = probe(&["hold", fifo.name()]).plan().unwrap().launch().clone();
    let spawner = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut process = Os::new().start(&launch).unwrap().process;
            process.leave_runtime();
            process
        })
    });
    let mut process = spawner.join().unwrap();
    up.wait();
    assert!(!gone.has_come());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    process.signal(Signal::Kill).unwrap();
    runtime.block_on(poll_fn(|context| process.poll_exit(context))).unwrap();
    // A naive parent-death signal would have ended it before, and by another signal's number.
    assert_eq!(process.reap().unwrap().status, ExitStatus::Signal(9));
}

#[tokio::test]
async fn a_process_that_somebody_else_has_reaped_is_not_signalled() {
    let launch = probe(&["exit", "0"]).plan().unwrap().launch().clone();
    let mut process = Os::new().start(&launch).unwrap().process;
    let pid = rustix::process::Pid::from_raw(process.pid().cast_signed());
    rustix::process::waitpid(pid, rustix::process::WaitOptions::empty()).unwrap();
    // The number is free for anybody; the kernel would say that there is no such process.
    process.signal(Signal::Kill).unwrap();
    assert!(process.reap().unwrap_err().to_string().contains("its exit status is lost"));
}

#[test]
fn a_process_that_no_runtime_can_watch_is_still_ended() {
    let fifo = Fifo::new();
    let (up, gone) = fifo.watch();
    let silent = probe(&["hold", fifo.name()]).stdout(Stdio::Null).stderr(Stdio::Null);
    let launch = silent.plan().unwrap().launch().clone();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let mut process = runtime.block_on(async { Os::new().start(&launch) }).unwrap().process;
    up.wait();
    // There is no I/O driver, and Tokio's answer is a panic.
    let watch = AssertUnwindSafe(|| runtime.block_on(poll_fn(|context| process.poll_exit(context))));
    assert!(catch_unwind(watch).is_err());
    assert!(!gone.has_come());
    drop(process);
    gone.wait();
}

/// A program that takes its password in every way there is.
#[derive(Program)]
#[program(name = "probe", separator = none)]
struct Vault;

#[derive(Debug, Command)]
#[command(program = Vault, output = String)]
struct Open {
    #[arg(env = "TOKEN", secret)]
    token: Secret<String>,
    #[arg(long, secret)]
    password: Secret<String>,
}

#[test]
fn a_secret_is_in_no_text_that_cuprum_makes() {
    const SENTINEL: &str = "hunter2";
    let secret = || Secret::new(SENTINEL.to_owned());
    let open = || Open::new(secret(), secret());
    let lab = Lab::new().when(|launch| launch.args == ["--password=hunter2"], Script::exit(1));
    let cx = lab.cx();
    let error = cx.run(open()).wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Exit, "the program itself was given the secret");
    let none = Lab::new().cx().run(open()).wait().unwrap_err();
    let plan = cx.scope_sync(|| open().plan()).unwrap();
    let launch = &lab.ran()[0];
    let missing = Cx::new().with_env("PATH", "/nope").run(open()).wait().unwrap_err();
    let texts = [
        format!("{:?} {:?} {}", open(), open().into_safe(), open().into_safe()),
        format!("{:?} {plan:?} {plan}", plan.launch()),
        format!("{launch:?} {error} {error:?} {:?}", error.outcome()),
        format!("{none} {none:?} {missing} {missing:?}"),
        format!("{:?} {:?}", open().run(), open().lines()),
    ];
    for text in texts {
        assert!(!text.contains(SENTINEL), "{text}");
        assert!(text.contains("***"), "{text}");
    }
}
