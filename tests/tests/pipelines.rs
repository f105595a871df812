//! Commands joined by pipes, as far as it needs a kernel; the rest runs in both worlds (`worlds/pipelines.rs`).

use cuprum::prelude::*;
use cuprum::spec::SafeCmd;
use cuprum::{Command, Cx, ErrorKind, Program};
use cuprum_tests::Probe;

fn probe(words: &[&str]) -> SafeCmd<Vec<u8>, Probe> {
    cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), words)
}

/// A program that has no end of its own.
#[derive(Program)]
struct Yes;

#[derive(Command)]
#[command(program = Yes)]
struct Forever {}

#[derive(Program)]
#[program(separator = "--", tier = read)]
struct Head;

#[derive(Command)]
#[command(program = Head, tier = read, output = String)]
struct First {
    #[arg(short)]
    n: u32,
}

#[derive(Program)]
struct Sh;

#[derive(Program)]
struct Absent;

#[derive(Command)]
#[command(program = Absent)]
struct Never {}

#[tokio::test]
async fn the_output_of_a_stage_is_the_input_of_the_next() {
    let three = probe(&["out", "a b"]) | probe(&["cat", "out", "!"]) | probe(&["cat"]);
    assert_eq!(three.to_string(), "probe out 'a b' | probe cat out '!' | probe cat");
    let outcome = three.output().await.unwrap();
    assert_eq!(outcome.stdout().text_lossy(), "a b!");
    assert_eq!((outcome.len(), outcome.failure_index()), (3, None));
    assert!(outcome.stages().all(|stage| stage.status().success() && stage.pid() > 0));
    assert_eq!(outcome.stage(0).unwrap().stdout().total(), 0);
}

#[tokio::test]
async fn a_reader_that_ends_early_ends_its_writer_and_that_is_no_failure() {
    let outcome = (Forever::new() | First::new(1)).output().await.unwrap();
    assert_eq!(outcome.stdout().text_lossy(), "y\n");
    assert_eq!(outcome.failure_index(), None);
    assert_eq!(outcome.stage(0).unwrap().status().signal_name(), Some("SIGPIPE"));
    assert_eq!((Forever::new() | First::new(2)).run().await.unwrap(), "y\ny");
}

#[tokio::test]
async fn a_broken_pipe_of_the_last_stage_is_a_failure() {
    // Rust's own programs ignore the signal.
    let dies = cmd!(Sh, "-c 'kill -PIPE $$'");
    let error = (probe(&["out", "x"]) | dies).run().await.unwrap_err();
    assert_eq!((error.kind(), error.stage()), (ErrorKind::Signal, Some(1)));
}

#[tokio::test]
async fn a_stage_that_cannot_start_ends_those_before_it() {
    let error = (probe(&["stay"]) | Never::new()).run().await.unwrap_err();
    assert_eq!((error.kind(), error.program()), (ErrorKind::ProgramNotFound, "absent"));
}

#[test]
fn every_program_must_be_permitted() {
    allowlist! {
        /// The test program, and no other.
        Only = [Probe];
    }
    // The commands look for it elsewhere than the parent, and so must the list.
    let dir = std::path::Path::new(env!("CARGO_BIN_EXE_probe")).parent().unwrap();
    let cx = Cx::new().with_env("PATH", dir).narrow::<Only>();
    assert_eq!(cx.read(probe(&["out", "x"]) | probe(&["cat"])).wait().unwrap(), "x");
    let refused = cx.scope_sync(|| (probe(&["out", "x"]) | First::new(1)).run_sync());
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::Forbidden);
}

#[test]
fn a_pipeline_can_be_waited_for_and_planned() {
    let two = probe(&["out", "x"]) | probe(&["cat"]);
    let plan = two.clone().plan().unwrap();
    assert_eq!(plan.stages().len(), 2);
    assert!(plan.to_string().contains("probe out x | env PATH="), "{plan}");
    assert_eq!(two.run_sync().unwrap(), b"x");
}
