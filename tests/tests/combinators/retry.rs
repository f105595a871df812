//! A command that is run again after a failure that may pass.

use std::time::Duration;

use backon::{ConstantBuilder, ExponentialBuilder};
use cuprum::lab::{Lab, Script};
use cuprum::outcome::CancelKind;
use cuprum::prelude::*;
use cuprum::run::retry_when::{exit_code, kind, stderr_has};
use cuprum::spec::{CancelToken, Stdin};
use cuprum::{ErrorKind, allowlist, retry};

use super::{Ask, SECOND, Tell, after, fails_after, lab, probe};

/// A lab in which the attempts are answered by these scripts, one each.
fn attempts<const N: usize>(scripts: [Script; N]) -> Lab {
    Lab::new().on_each::<Ask>(scripts)
}

fn always() -> Lab {
    lab([("a", Script::exit(7))])
}

#[test]
fn a_failure_that_may_pass_is_tried_again_and_the_attempts_are_kept() {
    let lab = attempts([Script::exit(7), Script::new().stderr("busy").then_exit(1), after(1, "a")]);
    let may_pass = |error: &cuprum::Error| exit_code([7])(error) || stderr_has("us")(error);
    let settled = lab.run(retry(Ask::new("a"), may_pass).results()).unwrap();
    assert_eq!((settled.winner(), settled.to_string().as_str()), (Some(2), "1 done, 2 failed"));
    // Two pauses, and the last attempt.
    assert_eq!(lab.now(), 4 * SECOND);
    assert_eq!(settled.into_result().unwrap(), "a");
}

#[test]
fn a_failure_that_does_not_pass_is_final() {
    let lab = attempts([Script::exit(7), Script::exit(1)]);
    let error = lab.run(retry(Ask::new("a"), exit_code([7])).run()).unwrap_err();
    assert_eq!(error.outcome().unwrap().status().code(), Some(1));
    assert_eq!(error.others()[0].outcome().unwrap().status().code(), Some(7));
    let lab = self::lab([("a", after(0, ""))]);
    assert_eq!(lab.run(retry(Ask::new("a"), |_| true).code()).unwrap(), 0);
    assert_eq!(lab.ran().len(), 1);
}

#[test]
fn pauses_grow_and_end_by_default_after_three() {
    let lab = always();
    let error = lab.run(retry(Ask::new("a"), exit_code([7])).run()).unwrap_err();
    assert_eq!((error.others().len(), lab.ran().len(), lab.now()), (3, 4, 7 * SECOND));
    assert_eq!(always().run(retry(Ask::new("a"), exit_code([7])).code()).unwrap(), 7);
}

#[test]
fn pauses_are_those_of_the_backoff_on_the_clock_of_the_context() {
    let paused = |retry: cuprum::run::Retry<String, super::Query>| {
        let lab = always();
        lab.run(retry.run()).unwrap_err();
        (lab.ran().len(), lab.now())
    };
    let a = || retry(Ask::new("a"), exit_code([7]));
    assert_eq!(paused(a().backoff([3 * SECOND].into_iter())), (2, 3 * SECOND));
    let hour = Duration::from_secs(3600);
    let constant = ConstantBuilder::default().with_delay(hour).with_max_times(5);
    assert_eq!(paused(a().backoff(constant)), (6, 5 * hour));
    let none: [Duration; 0] = [];
    assert_eq!(paused(a().backoff(none.into_iter())), (1, Duration::ZERO));
    let capped = ExponentialBuilder::default().with_max_times(4).with_max_delay(3 * SECOND);
    assert_eq!(paused(a().backoff(capped)), (5, (1 + 2 + 3 + 3) * SECOND));
    let jitter = || ExponentialBuilder::default().with_jitter().with_jitter_seed(5);
    assert_eq!(paused(a().backoff(jitter())), paused(a().backoff(jitter())));
}

#[test]
fn the_timeout_of_the_whole_covers_attempts_and_pauses() {
    // The second pause would end after it, so it is not begun.
    let lab = always();
    let error = lab.run(retry(Ask::new("a"), |_| true).timeout(3 * SECOND).run()).unwrap_err();
    assert_eq!((error.kind(), lab.ran().len(), lab.now()), (ErrorKind::Exit, 2, SECOND));
    // An attempt that is running then is stopped, and not tried again.
    let lab = attempts([Script::exit(7), after(9, "a"), after(0, "b")]);
    let error = lab.run(retry(Ask::new("a"), |_| true).timeout(3 * SECOND).run()).unwrap_err();
    assert_eq!((error.kind(), error.others().len(), lab.now()), (ErrorKind::Timeout, 1, 3 * SECOND));
    // The command's own is for one attempt.
    let lab = attempts([after(9, "a"), after(1, "b")]);
    let own = retry(Ask::new("a").timeout(2 * SECOND), kind([ErrorKind::Timeout]));
    assert_eq!(lab.run(own.run()).unwrap(), "b");
    assert_eq!(lab.now(), 4 * SECOND);
}

#[test]
fn a_cancellation_is_final_also_in_a_pause() {
    for (moment, ran) in [(SECOND / 2, 1), (SECOND * 3 / 2, 1), (SECOND * 5 / 2, 2)] {
        let token = CancelToken::new();
        let lab = lab([("a", fails_after(1, 7))]);
        let cx = lab.cx().with_cancel(&token);
        let error = lab.run(async {
            let cancel = async {
                lab.sleep(moment).await;
                token.cancel_because(CancelKind::Shutdown);
            };
            tokio::join!(cx.run(retry(Ask::new("a"), |_| true)), cancel).0.unwrap_err()
        });
        assert_eq!((error.kind(), lab.ran().len(), lab.now()), (ErrorKind::Cancelled, ran, moment));
        assert_eq!(error.cancellation().unwrap().kind(), CancelKind::Shutdown);
    }
}

#[test]
fn what_cannot_be_run_again_is_refused_before_the_first_run() {
    allowlist! {
        /// Nothing that is asked for.
        Only = [cuprum_tests::Probe];
    }
    let lab = always();
    #[track_caller]
    fn refused<T>(result: cuprum::Result<T>, why: &str) {
        let error = result.err().unwrap();
        assert_eq!(error.kind(), ErrorKind::InvalidCombination);
        assert!(error.to_string().contains(why), "{error}");
    }
    let reader = Ask::new("a").stdin(Stdin::reader(&b"input"[..]));
    refused(lab.run(retry(Tell::new("a"), |_| true).run()), "may be run again, and its tier is write");
    refused(lab.run(retry(reader, |_| true).run()), "its input can be read once: a reader");
    refused(lab.run(retry(Ask::new("a").stdin(Stdin::Inherit), |_| true).run()), "inherited");
    let error = lab.run(lab.cx().narrow::<Only>().scope(retry(Ask::new("a"), |_| true).run())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Forbidden);
    let zero = retry(Ask::new("a"), |_| true).timeout(Duration::ZERO);
    assert_eq!(lab.run(zero.run()).unwrap_err().kind(), ErrorKind::InvalidLimit);
    assert!(lab.ran().is_empty());
    let lab = Lab::new().on_each::<Tell>([Script::exit(1), Script::new().copy()]);
    let tell = retry(Tell::new("a").stdin("again"), |_| true).idempotent();
    assert_eq!(lab.run(tell.run()).unwrap(), "again");
}

#[test]
fn a_panic_of_the_function_that_is_asked_is_an_error() {
    let error = always().run(retry(Ask::new("a"), |_| panic!("which?")).run()).unwrap_err();
    assert_eq!((error.kind(), error.others().len()), (ErrorKind::Panicked, 1));
}

#[test]
fn a_dropped_retry_leaves_nothing_wherever_it_is_dropped() {
    let lab = lab([("a", Script::new().on_term(Script::new().wait(SECOND)).wait(2 * SECOND).then_exit(7))]);
    let places = lab.cancel_everywhere(|_| async {
        let _ = retry(Ask::new("a"), |_| true).timeout(9 * SECOND).run().await;
    });
    assert!(places > 5, "{places}");
}

#[test]
fn a_real_command_is_tried_again_and_waited_for() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("made");
    let made = file.clone();
    let command = probe(&["out", "a"]).stdin(Stdin::file(file));
    let open = retry(command, move |error| {
        std::fs::write(&made, "now it is there").unwrap();
        error.kind() == ErrorKind::FileNotOpened
    });
    let output = open.idempotent().backoff([Duration::from_millis(1)].into_iter()).read();
    assert_eq!(output.wait().unwrap(), "a");
}
