//! What stops a run while its stages start, and what is known of it then.

use std::time::Duration;

use cuprum::event::EventKind;
use cuprum::lab::{Lab, Script};
use cuprum::outcome::{CancelReason, Stopped};
use cuprum::prelude::*;
use cuprum::spec::CancelToken;
use cuprum::{ErrorKind, ExitStatus};
use cuprum_tests::Recorded;

use crate::{SECOND, probe};

const EAGAIN: i32 = 11;

/// A process that no place is left for, the first eight times: its start takes 255 ms.
fn late() -> Script {
    Script::new().refused_first([EAGAIN; 8])
}

#[test]
fn a_run_that_is_cancelled_between_its_stages_starts_no_more_of_them() {
    let token = CancelToken::new();
    let cancel = token.clone();
    let lab = Lab::new().answer(move |launch| {
        if launch.args == ["b"] {
            cancel.cancel();
        }
        Some(Script::new().hang())
    });
    let recorded = Recorded::default();
    let cx = lab.cx().with_observer(recorded.clone());
    let line = probe(&["a"]) | probe(&["b"]) | probe(&["c"]) | probe(&["d"]);
    let error = lab.run(cx.run(line.cancelled_by(&token))).unwrap_err();
    assert_eq!((error.kind(), error.stage()), (ErrorKind::Cancelled, None));
    lab.assert_ran(["probe a", "probe b"]);
    let stages = error.stages().unwrap();
    let stopped = Some(Stopped { reason: CancelReason::Cancelled, forced: false });
    for (index, stage) in stages.stages().enumerate() {
        assert_eq!((stage.status(), stage.stopped()), (ExitStatus::Signal(15), stopped), "{index}");
        assert_eq!(stage.pid() > 0, index < 2);
    }
    assert_eq!(stages.len(), 4);
    assert!(error.to_string().ends_with("failed: was cancelled; its last stage had not started"), "{error}");
    assert_eq!(
        recorded.shown()[4..],
        [
            "0.0 started",
            "0.1 started",
            "0.0 cancelled was cancelled",
            "0.1 cancelled was cancelled",
            "0.0 exited killed by SIGTERM - 0/0 failed was cancelled",
            "0.1 exited killed by SIGTERM - 0/0 failed was cancelled",
            "0.2 not_started cancelled",
            "0.3 not_started cancelled",
        ]
    );
}

#[test]
fn a_limit_of_time_holds_while_a_stage_is_started_again_and_again() {
    let lab = Lab::new().on_words(["probe", "up"], Script::new().hang()).on_words(["probe", "late"], late());
    let limit = Duration::from_millis(100);
    let line = probe(&["up"]) | probe(&["late"]) | probe(&["up"]);
    let recorded = Recorded::default();
    let cx = lab.cx().with_observer(recorded.clone());
    let error = lab.run(cx.run(line.timeout(limit))).unwrap_err();
    assert_eq!((error.kind(), lab.now()), (ErrorKind::Timeout, limit));
    let pids: Vec<bool> = error.stages().unwrap().stages().map(|stage| stage.pid() > 0).collect();
    assert_eq!(pids, [true, false, false]);
    let stopped = error.outcome().unwrap().stopped().unwrap();
    assert_eq!(stopped.reason, CancelReason::Timeout(limit));
    let events = recorded.events();
    let told = events.iter().filter_map(|event| match event.kind() {
        EventKind::NotStarted(event) => Some((event.error, &*event.reason)),
        _ => None,
    });
    assert_eq!(told.collect::<Vec<_>>(), [("timeout", "timed out after 100ms"); 2]);
}

#[test]
fn a_command_that_cannot_be_started_in_time_has_no_outcome() {
    let lab = Lab::new().on_words(["probe", "late"], late());
    let late = || probe(&["late"]).timeout(Duration::from_millis(100));
    let error = lab.run(late().run()).unwrap_err();
    assert_eq!((error.kind(), error.outcome().is_none()), (ErrorKind::Timeout, true));
    let text = error.to_string();
    assert!(text.ends_with("late`: timed out: it could not be started within 100ms"), "{text}");
    assert!(lab.ran().is_empty());
}

#[test]
fn what_waits_for_its_input_sees_the_end_of_it_when_another_stage_cannot_start() {
    let lab = Lab::new()
        .on_words(["probe", "reads"], Script::new().ignore_term().read_all())
        // A little later, when the first one has come to its input.
        .on_words(["probe", "none"], Script::new().refused_first([EAGAIN, 13]));
    let line = probe(&["reads"]).stdin("all of it") | probe(&["none"]);
    let error = lab.run(line.run()).unwrap_err();
    assert_eq!((error.kind(), lab.now()), (ErrorKind::NotExecutable, Duration::from_millis(1)));
}

#[test]
fn a_handle_that_cannot_be_had_says_why_however_long_its_end_takes_to_be_told() {
    let lab = Lab::new().on_words(["probe", "x"], Script::refused(13));
    let error = lab.run(async {
        let waiting = lab.clone();
        let told = probe(&["x"]).after_async(move |_, _| {
            let lab = waiting.clone();
            Box::pin(async move { lab.sleep(SECOND).await })
        });
        told.spawn().await.unwrap_err()
    });
    assert_eq!(error.kind(), ErrorKind::NotExecutable, "{error}");
}
