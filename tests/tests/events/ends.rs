//! Each stage has exactly one end, however its run came to it.

use std::time::Duration;

use cuprum::event::{EventKind, RefusedBy};
use cuprum::lab::{Lab, Script};
use cuprum::outcome::{CancelKind, CancelReason, Cancellation};
use cuprum::prelude::*;
use cuprum::spec::{Budget, CancelToken, Layer, Stdio};
use cuprum::{Cx, ErrorKind, allowlist, concurrent};
use cuprum_tests::Recorded;

use super::{probe, world};

const SECOND: Duration = Duration::from_secs(1);

allowlist! { Nothing = []; }

#[test]
fn a_program_that_the_context_does_not_permit_is_refused_and_not_even_planned() {
    let (lab, cx, recorded) = world();
    let cx: Cx<Nothing> = cx.narrow();
    lab.run(cx.scope(async {
        let error = probe(&["out", "x"]).run().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Forbidden);
    }));
    let [refused] = &recorded.events()[..] else { panic!("{recorded:?}") };
    let EventKind::Refused(refused) = refused.kind() else { panic!("{refused:?}") };
    assert_eq!(refused.by, RefusedBy::Allowlist(Layer::Context));
    assert_eq!(&*refused.reason, "this context permits no program");
    assert_eq!(recorded.events()[0].invocation().unwrap().command_line(), "probe out x");
}

#[test]
fn a_forbidden_stage_or_command_of_a_batch_is_told_once_and_nothing_is_started() {
    let (lab, cx, recorded) = world();
    let cx: Cx<Nothing> = cx.narrow();
    lab.run(cx.scope(async {
        (probe(&["1"]) | probe(&["2"])).run().await.unwrap_err();
        concurrent([probe(&["3"]), probe(&["4"])]).run().await.unwrap_err();
        cuprum::race([probe(&["5"]), probe(&["6"])]).run().await.unwrap_err();
        cuprum::retry(probe(&["7"]), |_: &cuprum::Error| true).idempotent().run().await.unwrap_err();
        cuprum::graph(probe(&["8"])).run().await.unwrap_err();
    }));
    let lines: Vec<_> =
        recorded.events().iter().map(|event| event.invocation().unwrap().command_line()).collect();
    assert_eq!(lines, ["probe 1", "probe 3", "probe 5", "probe 7", "probe 8"]);
    assert!(recorded.shown().iter().all(|event| event.contains("refused by allowlist")));
    assert!(lab.ran().is_empty());
}

#[test]
fn a_dry_run_tells_nothing() {
    let (_, cx, recorded) = world();
    cx.scope_sync(|| probe(&[]).plan().unwrap());
    assert!(recorded.events().is_empty());
}

#[test]
fn what_is_wrong_before_the_start_is_told_after_the_plan() {
    let (lab, cx, recorded) = world();
    lab.run(async {
        cx.run(probe(&["a\0b"])).await.unwrap_err();
        cx.run(probe(&[]).timeout(Duration::ZERO)).await.unwrap_err();
        let line = probe(&[]) | probe(&[]).env("", "x");
        cx.run(line).await.unwrap_err();
    });
    assert_eq!(
        recorded.shown(),
        [
            "0.0 planned",
            "0.0 not_started invalid_argument",
            "1.0 planned",
            "1.0 not_started invalid_limit",
            "2.0 planned",
            "2.1 planned",
            "2.0 not_started stage",
            "2.1 not_started invalid_environment",
        ]
    );
}

#[test]
fn a_missing_program_and_a_missing_directory_are_told_by_real_runs() {
    let recorded = Recorded::default();
    let cx = Cx::new().with_observer(recorded.clone());
    let exe = env!("CARGO_BIN_EXE_probe");
    cx.run(cuprum_tests::probe("/nowhere/probe", ["x"])).wait().unwrap_err();
    cx.run(cuprum_tests::probe(exe, ["x"]).in_dir("/nowhere")).wait().unwrap_err();
    assert_eq!(
        recorded.shown(),
        [
            "0.0 planned",
            "0.0 not_started program_not_found",
            "1.0 planned",
            "1.0 not_started directory_not_found",
        ]
    );
    let events = recorded.events();
    assert_eq!(events[0].invocation().unwrap().file(), None);
}

#[test]
fn a_stage_that_does_not_start_ends_those_before_it_and_those_behind_it() {
    let lab = Lab::new()
        .when(|launch| launch.args.is_empty(), Script::new().hang())
        .when(|launch| launch.args.len() == 1, Script::refused(13));
    let recorded = Recorded::default();
    let cx = lab.cx().with_observer(recorded.clone());
    lab.run(async {
        let error = cx.run(probe(&[]) | probe(&["x"]) | probe(&[])).await.unwrap_err();
        assert_eq!((error.kind(), error.stage()), (ErrorKind::NotExecutable, Some(1)));
    });
    assert_eq!(
        recorded.shown()[3..],
        [
            "0.0 started",
            "0.0 cancelled was stopped because stage 1 failed",
            "0.0 exited killed by SIGTERM - 0/0 failed was stopped because stage 1 failed",
            "0.1 not_started not_executable",
            "0.2 not_started stage",
        ]
    );
}

#[test]
fn limits_and_cancellations_are_told_with_their_reasons() {
    let (lab, cx, recorded) = world();
    let token = CancelToken::new();
    lab.run(async {
        cx.run(probe(&["stay"]).timeout(SECOND)).await.unwrap_err();
        cx.run(probe(&["stay"]).idle_timeout(SECOND)).await.unwrap_err();
        let budget = Budget { output: Some(10), time: None };
        cx.run(probe(&["spam", "out", "100", "stay"]).budget(budget)).await.unwrap_err();
        let cancelled = cx.run(probe(&["stay"]).cancelled_by(&token));
        let (ended, ()) = tokio::join!(cancelled, async { token.cancel_because(went_home()) });
        ended.unwrap_err();
        cx.run(probe(&["stay"]).cancelled_by(&token)).await.unwrap_err();
    });
    let shown: Vec<_> = recorded.shown().into_iter().filter(|event| !event.contains(" lines ")).collect();
    let stopped = |run: usize, why: &str, printed: &str| {
        [
            format!("{run}.0 planned"),
            format!("{run}.0 started"),
            format!("{run}.0 cancelled {why}"),
            format!("{run}.0 exited killed by SIGTERM {printed} 0/0 failed {why}"),
        ]
    };
    let expected = [
        stopped(0, "timed out after 1s", "0/0"),
        stopped(1, "printed nothing for 1s", "0/0"),
        stopped(2, "printed more than 10 bytes", "100/1"),
        stopped(3, "was cancelled", "0/0"),
    ];
    let expected: Vec<String> = expected.into_iter().flatten().collect();
    assert_eq!(shown[..16], expected);
    assert_eq!(shown[16..], ["4.0 planned", "4.0 not_started cancelled"]);
    let told = recorded.events().iter().find_map(|event| match event.kind() {
        EventKind::Cancelled(cancelled) if cancelled.reason == CancelReason::Cancelled => {
            cancelled.cancellation.clone()
        }
        _ => None,
    });
    assert_eq!(told.unwrap().text(), Some("the user went home"));
}

fn went_home() -> Cancellation {
    Cancellation::new(CancelKind::User).message("the user went home")
}

#[test]
fn a_run_that_is_dropped_is_told_at_once_and_has_its_end_after_the_teardown() {
    let (lab, cx, recorded) = world();
    lab.run(async {
        let line = probe(&["block-term", "out", "up\n", "stay"]).grace(SECOND) | probe(&["cat", "stay"]);
        let run = cx.run(line);
        tokio::select! {
            biased;
            _ = run => panic!("it has ended"),
            () = recorded.until("lines") => {}
        }
        let shown = recorded.shown();
        assert_eq!(shown[5..], ["0.0 cancelled was given up", "0.1 cancelled was given up"]);
    });
    let shown = recorded.shown();
    assert_eq!(
        shown[7..],
        [
            "0.0 exited killed by SIGKILL - 0/0 failed was given up and had to be killed",
            "0.1 exited killed by SIGTERM 3/1 0/0 failed was given up",
        ]
    );
}

#[test]
fn a_run_that_is_dropped_before_its_start_has_an_end_at_once() {
    let (lab, cx, recorded) = world();
    let full = cuprum::spec::Bulkhead::new("full", 1);
    lab.run(async {
        let first = cx.spawn(probe(&["stay"]).limited_by(&full)).await.unwrap();
        let waits = cx.run(probe(&[]).limited_by(&full));
        tokio::select! {
            biased;
            _ = waits => panic!("there is no place"),
            () = recorded.until("queued") => {}
        }
        assert_eq!(recorded.shown()[3..], ["1.0 queued", "1.0 not_started dropped"]);
        first.cancel();
        first.output().await.unwrap_err();
    });
}

#[test]
fn handles_that_are_cancelled_dropped_or_left_have_their_end() {
    let (lab, cx, recorded) = world();
    lab.run(async {
        let cancelled = cx.spawn(probe(&["stay"])).await.unwrap();
        cancelled.cancel();
        cancelled.output().await.unwrap_err();
        drop(cx.spawn(probe(&["stay"])).await.unwrap());
        cx.spawn(probe(&["out", "x"])).await.unwrap().leave_running();
    });
    let ends: Vec<_> = recorded.shown().into_iter().filter(|event| event.contains("exited")).collect();
    let stopped = |run: u32| format!("{run}.0 exited killed by SIGTERM 0/0 0/0 failed was cancelled");
    let mut expected = vec![stopped(0), stopped(1), "2.0 exited exit status 0 1/1 0/0".to_owned()];
    expected.sort();
    let mut sorted = ends.clone();
    sorted.sort();
    assert_eq!(sorted, expected);
}

#[test]
fn a_batch_that_fails_fast_or_is_dropped_is_told() {
    let (lab, cx, recorded) = world();
    lab.run(async {
        let batch = concurrent([probe(&["exit", "1"]), probe(&["stay"]), probe(&[])]).limit(2).fail_fast();
        cx.output(batch).await.unwrap();
    });
    let shown = recorded.shown();
    assert_eq!(shown.last().unwrap(), "0.0 closed batch 2-2 Some(false)");
    assert_eq!(shown.iter().filter(|event| event.contains("planned")).count(), 2, "{shown:?}");

    let (lab, cx, recorded) = world();
    lab.run(async {
        let batch = cx.output(concurrent([probe(&["out", "x\n", "stay"])]));
        tokio::select! {
            biased;
            _ = batch => panic!("it has ended"),
            () = recorded.until("lines") => {}
        }
    });
    assert_eq!(
        recorded.shown()[3..],
        [
            "1.0 lines stdout x",
            "1.0 cancelled was given up",
            "0.0 closed batch 0-0 None",
            "1.0 exited killed by SIGTERM 2/1 0/0 failed was given up",
        ]
    );
}

#[test]
fn two_runtimes_and_a_thread_without_one_tell_one_observer() {
    let recorded = Recorded::default();
    let cx = super::scripted_lab().cx().with_observer(recorded.clone());
    let run = |cx: Cx| {
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(cx.run(probe(&["out", "x"]))).unwrap();
        })
    };
    let threads = [run(cx.clone()), run(cx.clone())];
    cx.run(probe(&["out", "x"])).wait().unwrap();
    drop(cx);
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    for run in 0..3 {
        let own = |event: &&String| event.starts_with(&format!("{run}."));
        let shown = recorded.shown();
        let kinds: Vec<&str> = shown.iter().filter(own).map(|event| &event[4..]).collect();
        assert_eq!(kinds, ["planned", "started", "lines stdout x", "exited exit status 0 1/1 0/0"]);
    }
}

#[test]
fn what_the_holder_reads_itself_is_not_counted() {
    let lab = Lab::new().when(|_| true, Script::stdout("theirs").stderr("ours"));
    let recorded = Recorded::default();
    let cx = lab.cx().with_observer(recorded.clone());
    lab.run(async {
        let child = cx.spawn(probe(&[]).stdout(Stdio::Piped)).await.unwrap();
        let theirs = child.take_stdout();
        child.output().await.unwrap();
        drop(theirs);
        // Of a command that nobody holds, everything is read here.
        cx.output(probe(&[]).stdout(Stdio::Piped)).await.unwrap();
    });
    let ends: Vec<_> = recorded.shown().into_iter().filter(|event| event.contains("exited")).collect();
    assert_eq!(ends, ["0.0 exited exit status 0 - 4/1", "1.0 exited exit status 0 6/1 4/1"]);
}
