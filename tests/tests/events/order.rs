//! Which events there are, and in which order.

use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use cuprum::event::{EventKind, LineInterest};
use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::{Bulkhead, Mode, Stdin, Stdio};
use cuprum::{Command, Cx, Program, concurrent, graph};
use cuprum_tests::Recorded;

use super::{probe, world};

#[test]
fn one_command_is_planned_started_read_and_has_one_end() {
    let (lab, cx, recorded) = world();
    lab.run(async {
        let run = probe(&["out", "a\nb\n", "cat", "out", "d"]).stdin("h\u{e9}llo\n");
        cx.run(run).await.unwrap();
    });
    assert_eq!(
        recorded.shown(),
        [
            "0.0 planned",
            "0.0 started",
            "0.0 stdin 7",
            "0.0 lines stdout a|b",
            "0.0 lines stdout h\u{e9}llo",
            "0.0 lines stdout d",
            "0.0 exited exit status 0 12/4 0/0",
        ]
    );
}

#[test]
fn the_events_of_a_run_have_one_id_rising_numbers_and_times() {
    let (lab, cx, recorded) = world();
    lab.run(async { cx.run(probe(&["out", "a\n"]).stdin("x")).await.unwrap() });
    lab.run(async { cx.run(probe(&[])).await.unwrap() });
    let events = recorded.events();
    let (first, second) = events.split_at(5);
    assert!(first.iter().all(|event| event.id() == first[0].id() && event.parent().is_none()));
    assert!(second.iter().all(|event| event.id() != first[0].id()));
    let numbers: Vec<u64> = first.iter().chain(second).map(|event| event.sequence()).collect();
    assert_eq!(numbers, [0, 1, 2, 3, 4, 0, 1, 2]);
    assert!(first.is_sorted_by_key(|event| event.elapsed()));
    assert!(first.is_sorted_by_key(|event| event.at()));
    let EventKind::Started(started) = first[1].kind() else { panic!("{first:?}") };
    assert_eq!(started.pid, lab.ran()[0].pid);
    assert!(first.iter().all(|event| event.invocation().unwrap().program() == "probe"));
}

#[test]
fn a_pipeline_has_one_id_and_events_for_each_stage() {
    let (lab, cx, recorded) = world();
    lab.run(async {
        let line = probe(&["out", "x\n", "err", "e1\n"]) | probe(&["cat", "err", "e2\n"]);
        cx.output(line).await.unwrap();
    });
    let shown = recorded.shown();
    assert_eq!(shown[..4], ["0.0 planned", "0.1 planned", "0.0 started", "0.1 started"]);
    assert_eq!(shown[7..], ["0.0 exited exit status 0 - 3/1", "0.1 exited exit status 0 2/1 3/1"]);
    let mut lines = shown[4..7].to_vec();
    lines.sort();
    // The lines of a pipeline are those of the last standard output and of each standard error.
    assert_eq!(lines, ["0.0 lines stderr e1", "0.1 lines stderr e2", "0.1 lines stdout x"]);
}

#[test]
fn a_stage_that_fails_stops_the_others_which_say_so() {
    let (lab, cx, recorded) = world();
    lab.run(async {
        let line = probe(&["exit", "7"]) | probe(&["stay"]);
        cx.output(line).await.unwrap();
    });
    assert_eq!(
        recorded.shown()[4..],
        [
            "0.0 cancelled was stopped because stage 0 failed",
            "0.1 cancelled was stopped because stage 0 failed",
            "0.0 exited exit status 7 - 0/0 failed",
            "0.1 exited killed by SIGTERM 0/0 0/0 failed was stopped because stage 0 failed",
        ]
    );
}

#[test]
fn merged_and_redirected_outputs_have_lines_where_they_are_captured() {
    let (lab, cx, recorded) = world();
    lab.run(async {
        cx.output(probe(&["out", "a\n", "err", "b\n"]).stderr(Stdio::Merged)).await.unwrap();
        cx.output(probe(&["out", "a\n", "err", "b\n"]).stdout(Stdio::Null)).await.unwrap();
    });
    assert_eq!(
        recorded.shown(),
        [
            "0.0 planned",
            "0.0 started",
            "0.0 lines merged a|b",
            "0.0 exited exit status 0 4/2 -",
            "1.0 planned",
            "1.0 started",
            "1.0 lines stderr b",
            "1.0 exited exit status 0 - 2/1",
        ]
    );
}

#[test]
fn lines_are_whole_wherever_reads_fall() {
    let reads = ["a\r", "\nb", "\nc\r\n\r\n", "d", "e"];
    let script = |script: Script, read| script.print(read).wait(Duration::from_secs(1));
    let lab = Lab::new().when(|_| true, reads.into_iter().fold(Script::new(), script));
    let recorded = Recorded::default();
    let cx = lab.cx().with_observer(recorded.clone());
    lab.run(async { cx.output(probe(&[])).await.unwrap() });
    assert_eq!(
        recorded.shown()[2..],
        [
            "0.0 lines stdout a",
            "0.0 lines stdout b|c|",
            "0.0 lines stdout de",
            "0.0 exited exit status 0 12/5 0/0",
        ]
    );
}

#[test]
fn lines_are_counted_or_not_looked_at_as_observers_want() {
    for (interest, end) in [
        (LineInterest::Counted, "0.0 exited exit status 0 4/2 0/0"),
        (LineInterest::Ignored, "0.0 exited exit status 0 4/-1 0/-1"),
    ] {
        let (lab, recorded) = (cuprum_tests::scripted::lab(), Recorded::with(interest));
        let cx = lab.cx().with_observer(recorded.clone());
        lab.run(async { cx.output(probe(&["out", "a\n", "out", "b\n"])).await.unwrap() });
        assert_eq!(recorded.shown(), ["0.0 planned", "0.0 started", end]);
    }
}

#[test]
fn an_observer_that_counts_lines_does_not_get_those_that_another_one_reads() {
    let (lab, cx, reads) = world();
    let counts = Recorded::with(LineInterest::Counted);
    let cx = cx.with_observer(counts.clone());
    lab.run(async { cx.output(probe(&["out", "a\nb"])).await.unwrap() });
    assert_eq!(counts.shown(), ["0.0 planned", "0.0 started", "0.0 exited exit status 0 3/2 0/0"]);
    assert_eq!(reads.events().len(), 5);
    // Their numbers are those of the run, so that a gap can be seen.
    let numbers: Vec<u64> = counts.events().iter().map(|event| event.sequence()).collect();
    assert_eq!(numbers, [0, 1, 4]);
}

#[test]
fn an_input_that_is_not_read_is_told_once_and_fails_nothing() {
    let (lab, cx, recorded) = world();
    lab.run(async {
        cx.run(probe(&["out", "done\n"]).stdin(Stdin::Bytes(vec![b'i'; 300_000]))).await.unwrap();
        cx.run(probe(&["cat"]).stdin(Stdin::Bytes(Vec::new()))).await.unwrap();
    });
    let shown = recorded.shown();
    assert_eq!(shown.iter().filter(|event| event.contains("stdin_failed write")).count(), 1, "{shown:?}");
    assert!(shown.contains(&"1.0 stdin 0".to_owned()), "{shown:?}");
    assert_eq!(shown.iter().filter(|event| event.contains(" stdin ")).count(), 1, "{shown:?}");
}

#[test]
fn an_input_that_fails_is_told_and_stops_the_command() {
    let (lab, cx, recorded) = world();
    lab.run(async {
        let broken = tokio_test_reader();
        cx.run(probe(&["cat"]).stdin(Stdin::reader(broken))).await.unwrap_err();
    });
    assert_eq!(
        recorded.shown()[2..],
        [
            "0.0 stdin_failed read",
            "0.0 cancelled its input failed",
            "0.0 exited killed by SIGTERM 0/0 0/0 failed its input failed",
        ]
    );
}

/// A reader that fails at once.
fn tokio_test_reader() -> impl tokio::io::AsyncRead + Send + 'static {
    struct Broken;
    impl tokio::io::AsyncRead for Broken {
        fn poll_read(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
            _: &mut tokio::io::ReadBuf<'_>,
        ) -> std::task::Poll<std::io::Result<()>> {
            std::task::Poll::Ready(Err(std::io::Error::other("the disk is gone")))
        }
    }
    Broken
}

#[test]
fn who_waits_for_a_place_says_so() {
    let (lab, cx, recorded) = world();
    let one = Bulkhead::new("one", 1);
    lab.run(async {
        let run = |word| cx.output(probe(&["out", word]).limited_by(&one));
        let (first, second) = tokio::join!(run("a"), run("b"));
        assert!(first.is_ok() && second.is_ok());
    });
    let shown = recorded.shown();
    assert_eq!(shown.iter().filter(|event| event.ends_with("queued")).collect::<Vec<_>>(), ["1.0 queued"]);
    let of_second: Vec<_> = shown.iter().filter(|event| event.starts_with("1.")).collect();
    assert_eq!(of_second[..3], ["1.0 planned", "1.0 queued", "1.0 started"]);
}

#[test]
fn the_sync_verbs_tell_the_same() {
    let (_, cx, recorded) = world();
    cx.run(probe(&["out", "a\n"])).wait().unwrap();
    let spawned = cx.spawn(probe(&["out", "b\n"])).wait().unwrap();
    spawned.wait().unwrap();
    let lines = cx.scope_sync(|| probe(&["out", "c\n"]).lines().wait().count());
    assert_eq!(lines, 1);
    let events = |run: usize, line: &str| {
        let kinds = ["planned", "started", line, "exited exit status 0 2/1 0/0"];
        kinds.map(|kind| format!("{run}.0 {kind}"))
    };
    let expected: Vec<String> =
        [events(0, "lines stdout a"), events(1, "lines stdout b"), events(2, "lines stdout c")].concat();
    assert_eq!(recorded.shown(), expected);
}

#[test]
fn a_batch_tells_how_far_it_is_and_its_commands_name_it() {
    let (lab, cx, recorded) = world();
    lab.run(async {
        let batch = concurrent([probe(&[]), probe(&["exit", "1"]), probe(&[])]).limit(1);
        cx.output(batch).await.unwrap();
    });
    let shown: Vec<_> = recorded.shown().into_iter().filter(|event| event.starts_with("0.")).collect();
    assert_eq!(
        shown,
        [
            "0.0 opened batch Some(3)",
            "0.0 progressed 0 1/Some(3)",
            "0.0 progressed 1 2/Some(3)",
            "0.0 progressed 2 3/Some(3)",
            "0.0 closed batch 3-0 Some(true)",
        ]
    );
    let events = recorded.events();
    let batch = events[0].id();
    assert!(events.iter().all(|event| event.id() == batch || event.parent() == Some(batch)));
    assert!(events[0].invocation().is_none());
}

#[test]
fn a_graph_tells_its_steps_and_those_that_a_shell_could_not_start() {
    let (lab, cx, recorded) = world();
    lab.run(async {
        let missing = probe(&["x"]).in_dir("relative/\0");
        let steps = graph(probe(&["exit", "3"])).or(probe(&["out", "y"])).and(probe(&[]));
        cx.output(steps).await.unwrap();
        cx.output(graph(missing)).await.unwrap();
    });
    assert_eq!(
        recorded.shown(),
        [
            "0.0 opened graph Some(3)",
            "1.0 planned",
            "1.0 started",
            "1.0 exited exit status 3 0/0 0/0 failed",
            "0.0 progressed 0 1/Some(3) failed",
            "2.0 planned",
            "2.0 started",
            "2.0 lines stdout y",
            "2.0 exited exit status 0 1/1 0/0",
            "0.0 progressed 1 2/Some(3)",
            "3.0 planned",
            "3.0 started",
            "3.0 exited exit status 0 0/0 0/0",
            "0.0 progressed 2 3/Some(3)",
            "0.0 closed graph 3-1 Some(true)",
            "4.0 opened graph Some(1)",
            "5.0 planned",
            "5.0 not_started directory_not_found",
            "4.0 progressed 0 1/Some(1) failed",
            "4.0 closed graph 1-1 Some(false)",
        ]
    );
}

#[test]
fn a_race_a_retry_and_a_nursery_are_parents_of_what_they_run() {
    let (lab, cx, recorded) = world();
    lab.run(cx.scope(async {
        let race = cuprum::race([probe(&["stay"]), probe(&["out", "won"])]).idempotent();
        race.run().await.unwrap();
        let pauses = backon::ConstantBuilder::new().with_delay(Duration::from_secs(2)).with_max_times(1);
        let again =
            cuprum::retry(probe(&["exit", "9"]), |_: &cuprum::Error| true).backoff(pauses).idempotent();
        again.run().await.unwrap_err();
        let body = async |nursery: cuprum::run::Nursery| {
            nursery.start(probe(&[])).await?;
            probe(&["out", "inside"]).run().await
        };
        cuprum::nursery(body).run().await.unwrap();
    }));
    let events = recorded.events();
    let of = |group: &str| {
        let own = |event: &&cuprum::event::Event| match event.kind() {
            EventKind::Opened(opened) => opened.group.name() == group,
            _ => false,
        };
        let id = events.iter().find(own).unwrap().id();
        let children: std::collections::BTreeSet<_> =
            events.iter().filter(|event| event.parent() == Some(id)).map(|event| event.id()).collect();
        let own = events.iter().filter(|event| event.id() == id);
        (children.len(), own.map(cuprum_tests::recorded::what).collect::<Vec<_>>())
    };
    let (children, race) = of("race");
    assert_eq!((children, race.last().unwrap().as_str()), (2, "closed race 2-1 Some(true)"));
    let (children, retry) = of("retry");
    assert_eq!(children, 2);
    assert_eq!(
        retry,
        [
            "opened retry None",
            "progressed 0 1/None failed",
            "retried 2 failed: exit status 9",
            "progressed 1 2/None failed",
            "closed retry 2-2 Some(false)",
        ]
    );
    let (children, nursery) = of("nursery");
    assert_eq!(children, 2, "what its body runs is in it, too");
    assert_eq!(nursery.last().unwrap(), "closed nursery 1-0 Some(true)");
}

#[test]
fn where_nobody_asks_for_versions_of_failures_the_last_stage_alone_decides() {
    let (lab, cx, recorded) = world();
    lab.run(async {
        let line = (probe(&["exit", "3"]) | probe(&["out", "x"])).mode(Mode::Last);
        cx.run(line).await.unwrap();
    });
    let ends: Vec<_> = recorded.shown().into_iter().filter(|event| event.contains("exited")).collect();
    // Each event says what became of its own stage.
    assert_eq!(ends, ["0.0 exited exit status 3 - 0/0 failed", "0.1 exited exit status 0 1/1 0/0"]);
}

#[test]
fn a_question_for_a_version_is_a_run_of_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let tool = dir.path().join("tool");
    std::fs::write(&tool, "#!/bin/sh\n[ \"$1\" = --version ] && echo tool 2.40\n").unwrap();
    std::fs::set_permissions(&tool, std::fs::Permissions::from_mode(0o755)).unwrap();
    let recorded = Recorded::default();
    let cx = Cx::new().with_env("PATH", dir.path()).with_observer(recorded.clone());
    cx.run(Act::new()).wait().unwrap_err();
    assert_eq!(
        recorded.shown(),
        [
            "0.0 planned",
            "1.0 planned",
            "1.0 started",
            "1.0 lines stdout tool 2.40",
            "1.0 exited exit status 0 10/1 0/0",
            "0.0 started",
            "0.0 exited exit status 1 0/0 0/0 failed",
        ]
    );
    let events = recorded.events();
    assert_eq!(events[1].parent(), Some(events[0].id()));
    assert_eq!(events[1].invocation().unwrap().tags().get("purpose").unwrap().text(), Some("version"));
}

#[derive(Debug, Program)]
#[program(name = "tool", version = ">=2")]
struct Tool;

#[derive(Debug, Command)]
#[command(program = Tool)]
struct Act {}
