//! Many threads that start processes at the same time, both ways, while other threads disturb them.

use std::fs::File;
use std::sync::atomic::{AtomicBool, Ordering};

use cuprum::backend::{Os, SpawnPath};
use cuprum::prelude::*;
use cuprum::spec::Stdin;
use cuprum::{Cx, ErrorKind, ExitStatus};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{SignalKind, signal};

use crate::probe;

/// Starts `runs` processes on each of `threads` threads, and returns what each thread found wrong.
///
/// Half of the threads start them the own way, and half as std does. Every child has words, input, output and an
/// exit code of its own, so that one that gets another's is noticed; every eighth start fails. Meanwhile other
/// threads take and give back memory, open and close files, and have signals handled.
pub fn stress(exe: &'static str, threads: usize, runs: usize) -> Vec<String> {
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let disturbers: [fn(&AtomicBool); 3] = [memory, files, signals];
        for disturb in disturbers {
            let done = &done;
            scope.spawn(move || disturb(done));
        }
        let spawners: Vec<_> =
            (0..threads).map(|thread| scope.spawn(move || spawner(exe, thread, runs))).collect();
        let wrong =
            spawners.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err("panicked".to_owned())));
        let wrong: Vec<String> = wrong.filter_map(Result::err).collect();
        done.store(true, Ordering::Relaxed);
        wrong
    })
}

fn spawner(exe: &'static str, thread: usize, runs: usize) -> Result<(), String> {
    let path = if thread.is_multiple_of(2) { SpawnPath::Clone } else { SpawnPath::Std };
    let cx = Cx::new().with_backend(Os::new().with_spawn(path));
    let runtime = runtime();
    (0..runs).try_for_each(|run| match run % 8 {
        7 => runtime.block_on(failing(exe, &cx)),
        _ => runtime.block_on(telling(exe, &cx, &format!("{thread}-{run}"), run % 8)),
    })
}

/// Runs a child that tells its words, its input, its variable and its code apart from those of all others.
async fn telling(exe: &'static str, cx: &Cx, name: &str, code: usize) -> Result<(), String> {
    let code = i32::try_from(code).unwrap_or_default();
    let words = ["out", name, "cat", "err", name, "env", "NAME", "exit", &code.to_string()];
    let command = probe(exe, words).env("NAME", name).stdin(Stdin::Bytes(name.into()));
    let outcome = cx.output(command).await.map_err(|error| format!("{error:?}"))?;
    let (out, err) = (outcome.stdout().text_lossy(), outcome.stderr().text_lossy());
    let right = *out == name.repeat(3) && *err == *name && outcome.status() == ExitStatus::Code(code);
    if right { Ok(()) } else { Err(format!("{name} got {out:?}, {err:?}, {}", outcome.status())) }
}

/// Runs what cannot start, in the last step or the one before.
async fn failing(exe: &'static str, cx: &Cx) -> Result<(), String> {
    let lost = cx.run(probe(exe, ["exit", "0"]).in_dir("/nope")).await;
    match lost.map_err(|error| error.kind()) {
        Err(ErrorKind::DirectoryNotFound) => Ok(()),
        other => Err(format!("{other:?} instead of a missing directory")),
    }
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("there are descriptors for a runtime")
}

/// Grows and shrinks the memory that a child of the own spawn shares until it executes its program.
fn memory(done: &AtomicBool) {
    let mut kept: Vec<Vec<u8>> = Vec::new();
    for size in (0..1 << 20).step_by(4099).cycle() {
        if done.load(Ordering::Relaxed) {
            return;
        }
        kept.push(vec![1; size]);
        if kept.len() > 50 {
            kept.clear();
        }
    }
}

/// Opens and closes files, whose numbers the streams of a child get in the next moment.
fn files(done: &AtomicBool) {
    while !done.load(Ordering::Relaxed) {
        let opened: Vec<_> = (0..20).map(|_| File::open("/dev/null")).collect();
        drop(opened);
    }
}

/// Has a handler of this process run again and again; in a child it would work on the memory of its parent.
fn signals(done: &AtomicBool) {
    runtime().block_on(async {
        let mut handled = signal(SignalKind::user_defined1()).expect("a handler can be set");
        while !done.load(Ordering::Relaxed) {
            // To the process, so that any of its threads may have to take it.
            #[expect(clippy::disallowed_methods, reason = "it goes to this process")]
            kill(Pid::this(), Signal::SIGUSR1).expect("a process can signal itself");
            handled.recv().await;
        }
    });
}
