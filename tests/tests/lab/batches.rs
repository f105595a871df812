//! Batches where the time matters: how many run at once, and what is stopped when.

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::run::Slot;
use cuprum::spec::{CancelToken, SafeCmd};
use cuprum::{Command, ErrorKind, ExitStatus, Program, allowlist, concurrent};
use cuprum_tests::Probe;

use crate::{SECOND, probe};

#[derive(Program)]
struct Other;

#[derive(Command)]
#[command(program = Other)]
struct Never {}

/// A lab whose commands take so many seconds as their first word says, and exit with their second.
fn timed() -> Lab {
    Lab::new().answer(|launch| {
        let [seconds, code] = &launch.args[..] else { return None };
        let number = |word: &std::ffi::OsString| word.to_str()?.parse::<u32>().ok();
        Some(Script::new().wait(SECOND * number(seconds)?).then_exit(number(code)?.try_into().ok()?))
    })
}

fn for_seconds<const N: usize>(words: [[&str; 2]; N]) -> [SafeCmd<Vec<u8>, Probe>; N] {
    words.map(|words| probe(&words))
}

#[test]
fn as_many_run_at_once_as_the_limit_says() {
    for (limit, seconds) in [(1, 8), (2, 4), (3, 4), (4, 2), (9, 2)] {
        let lab = timed();
        lab.run(concurrent(for_seconds([["2", "0"]; 4])).limit(limit).run()).unwrap();
        assert_eq!(lab.now(), SECOND * seconds, "{limit}");
    }
    let lab = timed();
    lab.run(concurrent(for_seconds([["2", "0"]; 100])).run()).unwrap();
    assert_eq!(lab.now(), 2 * SECOND);
}

#[test]
fn a_limit_of_zero_is_refused_before_anything_starts() {
    let lab = timed();
    let error = lab.run(concurrent(for_seconds([["0", "0"]])).limit(0).run()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidLimit);
    assert!(lab.ran().is_empty());
}

#[test]
fn a_batch_without_commands_succeeds_at_once() {
    assert!(timed().run(concurrent(for_seconds([])).run()).unwrap().is_empty());
}

#[test]
fn every_program_is_checked_before_anything_starts() {
    allowlist! {
        /// The test program, and no other.
        Only = [Probe];
    }
    let lab = Lab::new().when(|_| true, Script::new());
    let batch = concurrent([probe(&["a"])]).and(Never::new());
    let error = lab.run(lab.cx().narrow::<Only>().scope(batch.run())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Forbidden);
    assert!(lab.ran().is_empty());
}

#[test]
fn a_timeout_in_a_batch_takes_nothing_from_the_others() {
    let lab = timed();
    let [quick, slow, other] = for_seconds([["1", "0"], ["9", "0"], ["3", "7"]]);
    let batch = concurrent([quick, slow.timeout(2 * SECOND), other]);
    let results = lab.run(batch.output()).unwrap();
    assert_eq!(results.slots()[1].error().unwrap().kind(), ErrorKind::Timeout);
    let status = |at: usize| results.slots()[at].done().unwrap().status();
    assert_eq!((status(0), status(2)), (ExitStatus::Code(0), ExitStatus::Code(7)));
    assert_eq!(lab.now(), 3 * SECOND);
}

#[test]
fn a_limit_of_time_counts_from_each_commands_own_start() {
    let lab = timed();
    let batch = concurrent(for_seconds([["3", "0"]; 4]).map(|command| command.timeout(5 * SECOND))).limit(1);
    lab.run(batch.run()).unwrap();
    assert_eq!(lab.now(), 12 * SECOND);
}

#[test]
fn those_that_wait_are_not_started_after_a_failure() {
    let lab = timed();
    let batch = concurrent(for_seconds([["1", "1"], ["0", "0"], ["0", "0"]])).limit(1).fail_fast();
    let results = lab.run(batch.results()).unwrap();
    assert_eq!(lab.ran().len(), 1);
    assert_eq!(results.to_string(), "0 done, 1 failed, 2 not started");
    assert_eq!(results.into_result().unwrap_err().kind(), ErrorKind::Exit);
}

#[test]
fn positions_stay_those_of_the_commands_after_a_failure() {
    let lab = timed();
    let words = [["9", "0"], ["1", "0"], ["2", "42"], ["0", "0"]];
    let results = lab.run(concurrent(for_seconds(words)).limit(3).fail_fast().results()).unwrap();
    // The last one got the place of the second.
    assert_eq!(results.failures().collect::<Vec<_>>(), [2]);
    let slots = results.slots();
    assert_eq!(slots[0].error().unwrap().kind(), ErrorKind::Cancelled);
    assert!(matches!((&slots[1], &slots[2], &slots[3]), (Slot::Done(_), Slot::Failed(_), Slot::Done(_))));
    assert_eq!((slots.len(), lab.now()), (4, 2 * SECOND));
}

#[test]
fn the_error_of_a_stopped_batch_is_that_of_the_command() {
    const ENOENT: i32 = 2;
    let lab = Lab::new()
        .on_words(["probe", "stays"], Script::new().hang())
        .on_words(["probe", "missing"], Script::new().refused_first([ENOENT]));
    let batch = concurrent([probe(&["stays"]), probe(&["missing"])]).fail_fast();
    let error = lab.run(batch.run()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ProgramNotFound);
}

#[test]
fn a_batch_that_is_stopped_waits_for_the_grace_of_its_commands() {
    let lab = Lab::new()
        .on_words(["probe", "deaf"], Script::new().ignore_term().hang())
        .on_words(["probe", "fails"], Script::new().wait(SECOND).then_exit(1));
    let batch = || concurrent([probe(&["deaf"]).grace(3 * SECOND), probe(&["fails"])]);
    lab.run(batch().fail_fast().run()).unwrap_err();
    assert_eq!(lab.now(), 4 * SECOND);
    let token = CancelToken::new();
    let cancelled = lab.cx().with_cancel(&token);
    let begun = lab.now();
    lab.run(async {
        let stop = async {
            lab.sleep(SECOND / 2).await;
            token.cancel();
        };
        tokio::join!(cancelled.scope(batch().run()), stop).0.unwrap_err();
    });
    assert_eq!(lab.now() - begun, SECOND / 2 + 3 * SECOND);
}
