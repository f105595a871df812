//! One result of several commands.

use std::time::Duration;

use cuprum::lab::Script;
use cuprum::outcome::CancelKind;
use cuprum::prelude::*;
use cuprum::run::{Ending, Severity};
use cuprum::spec::{CancelToken, Stdin};
use cuprum::{ErrorKind, allowlist, first_ok, hedge, quorum, race, race_ok};
use cuprum_tests::Fifo;

use super::{Ask, ENOENT, SECOND, Tell, after, ask, fails_after, lab, probe};

#[test]
fn the_first_that_ends_gives_the_result_of_a_race_and_the_others_are_gone() {
    let lab = lab([("a", after(9, "a")), ("b", after(2, "b")), ("c", after(3, "c"))]);
    let settled = lab.run(race(ask(["a", "b", "c"])).results()).unwrap();
    assert_eq!(settled.winner(), Some(1));
    assert_eq!(settled.to_string(), "1 done, 2 cancelled");
    let lost = settled.endings()[0].error().unwrap();
    assert_eq!(lost.cancellation().unwrap().kind(), CancelKind::RaceLost);
    assert!(lost.to_string().contains("was cancelled (it was no longer needed: command 1"), "{lost}");
    assert_eq!(lab.now(), 2 * SECOND);
    // They were not only asked to end: their statuses were taken before the race ended.
    assert!(lab.ran().iter().all(|ran| ran.status.is_some()), "{:?}", lab.ran());
}

#[test]
fn a_loser_that_does_not_end_is_killed_before_the_race_ends() {
    let lab = lab([("a", Script::new().ignore_term().hang()), ("b", after(1, "b"))]);
    let output = lab.run(race(ask(["a", "b"])).run()).unwrap();
    assert_eq!(output, "b");
    assert_eq!(lab.now(), 6 * SECOND);
}

#[test]
fn a_failure_wins_a_race_but_not_one_for_success() {
    let answers = || [("a", fails_after(1, 3)), ("b", after(2, "b"))];
    let error = lab(answers()).run(race(ask(["a", "b"])).run()).unwrap_err();
    assert_eq!(error.outcome().unwrap().status().code(), Some(3));
    assert!(error.others().is_empty());
    assert_eq!(lab(answers()).run(race(ask(["a", "b"])).code()).unwrap(), 3);
    assert_eq!(lab(answers()).run(race_ok(ask(["a", "b"])).run()).unwrap(), "b");
    assert_eq!(lab(answers()).run(race_ok(ask(["a", "b"])).code()).unwrap(), 0);
}

#[test]
fn what_cannot_be_started_takes_no_part_in_a_race() {
    let answers = || [("a", Script::refused(ENOENT)), ("b", after(2, "b"))];
    assert_eq!(lab(answers()).run(race(ask(["a", "b"])).run()).unwrap(), "b");
    let none = lab([("a", Script::refused(ENOENT)), ("b", Script::refused(ENOENT))]);
    let error = none.run(race(ask(["a", "b"])).run()).unwrap_err();
    assert_eq!((error.kind(), error.others().len()), (ErrorKind::ProgramNotFound, 1));
}

#[test]
fn of_those_that_end_at_once_the_first_given_wins() {
    for first in ["a", "b"] {
        let second = if first == "a" { "b" } else { "a" };
        let lab = lab([("a", Script::stdout("a")), ("b", Script::stdout("b"))]);
        assert_eq!(lab.run(race(ask([first, second])).run()).unwrap(), first);
    }
}

#[test]
fn when_all_fail_the_error_is_the_worst_and_names_the_others() {
    let lab = lab([("a", fails_after(3, 1)), ("b", fails_after(1, 2))]);
    let error = lab.run(race_ok(ask(["a", "b"])).run()).unwrap_err();
    assert_eq!(error.outcome().unwrap().status().code(), Some(1));
    let codes: Vec<_> = error.others().iter().map(|other| other.outcome().unwrap().status().code()).collect();
    assert_eq!(codes, [Some(2)]);
    assert!(error.to_string().ends_with("\nbesides: `query b` failed after 1.0s: exit status 2"), "{error}");
}

#[test]
fn commands_are_tried_in_order_until_one_succeeds() {
    let lab = lab([
        ("a", fails_after(1, 1)),
        ("b", Script::refused(ENOENT)),
        ("c", after(1, "c")),
        ("d", Script::stdout("d")),
    ]);
    let settled = lab.run(first_ok(ask(["a", "b", "c", "d"])).results()).unwrap();
    assert_eq!((settled.winner(), settled.endings().len()), (Some(2), 3));
    assert_eq!(lab.now(), 2 * SECOND);
    assert_eq!(settled.into_result().unwrap(), "c");
    assert_eq!(lab.ran().len(), 2);
}

#[test]
fn when_none_succeeds_the_last_error_has_the_others_in_order() {
    let lab = lab([("a", Script::exit(1)), ("b", Script::exit(2)), ("c", Script::exit(3))]);
    let error = lab.run(first_ok(ask(["a", "b", "c"])).run()).unwrap_err();
    assert_eq!(error.outcome().unwrap().status().code(), Some(3));
    let codes: Vec<_> = error.others().iter().map(|other| other.outcome().unwrap().status().code()).collect();
    assert_eq!(codes, [Some(1), Some(2)]);
}

#[test]
fn a_refusal_ends_a_choice_before_anything_starts() {
    allowlist! {
        /// Nothing that is asked for.
        Only = [cuprum_tests::Probe];
    }
    let lab = lab([("a", Script::stdout("a"))]);
    let cx = lab.cx().narrow::<Only>();
    let error = lab.run(cx.scope(first_ok(ask(["a", "b"])).run())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Forbidden);
    assert!(lab.ran().is_empty());
}

#[test]
fn a_cancellation_ends_a_choice_in_order() {
    let token = CancelToken::new();
    let lab = lab([("a", after(9, "a")), ("b", Script::stdout("b"))]);
    let cx = lab.cx().with_cancel(&token);
    let (error, ()) = lab.run(async {
        let run = cx.run(first_ok(ask(["a", "b"])));
        let cancel = async {
            lab.sleep(SECOND).await;
            token.cancel();
        };
        let (result, ()) = tokio::join!(run, cancel);
        (result.unwrap_err(), ())
    });
    assert_eq!(error.kind(), ErrorKind::Cancelled);
    assert_eq!((lab.ran().len(), lab.now()), (1, SECOND));
}

#[test]
fn the_timeout_of_the_whole_covers_all_that_is_tried() {
    let answers = || [("a", fails_after(2, 1)), ("b", after(2, "b")), ("c", Script::stdout("c"))];
    let lab3 = lab(answers());
    let error = lab3.run(first_ok(ask(["a", "b", "c"])).timeout(3 * SECOND).run()).unwrap_err();
    assert_eq!((error.kind(), error.others().len()), (ErrorKind::Timeout, 1));
    assert_eq!((lab3.now(), lab3.ran().len()), (3 * SECOND, 2));
    // A command's own timeout is a failure like others.
    let lab = lab(answers());
    let [a, b, c] = ask(["a", "b", "c"]).map(|ask| ask.timeout(SECOND));
    assert_eq!(lab.run(first_ok([a, b, c]).timeout(3 * SECOND).run()).unwrap(), "c");
    let error = lab.run(first_ok(ask(["c"])).timeout(Duration::ZERO).run()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidLimit);
}

#[test]
fn a_hedge_starts_the_second_only_after_the_delay() {
    let quick = lab([("a", after(1, "a"))]);
    assert_eq!(quick.run(hedge(Ask::new("a"), 2 * SECOND).run()).unwrap(), "a");
    assert_eq!((quick.ran().len(), quick.now()), (1, SECOND));
    let scripts = [after(9, "slow"), after(1, "second")];
    let slow = cuprum::lab::Lab::new().on_each::<Ask>(scripts);
    let settled = slow.run(hedge(Ask::new("a"), 2 * SECOND).results()).unwrap();
    assert_eq!((settled.winner(), slow.now()), (Some(1), 3 * SECOND));
    assert_eq!(settled.endings()[0].severity(), Severity::Cancelled);
    // A failure is an end, too.
    let fails = lab([("a", fails_after(1, 4))]);
    assert_eq!(fails.run(hedge(Ask::new("a"), 2 * SECOND).code()).unwrap(), 4);
    assert_eq!(fails.ran().len(), 1);
}

#[test]
fn a_quorum_ends_when_enough_have_succeeded_or_too_many_have_failed() {
    let answers =
        || [("a", after(1, "a")), ("b", fails_after(2, 1)), ("c", after(3, "c")), ("d", after(9, "d"))];
    let enough = lab(answers());
    assert_eq!(enough.run(quorum(2, ask(["a", "b", "c", "d"])).run()).unwrap(), ["a", "c"]);
    assert_eq!(enough.now(), 3 * SECOND);
    let too_few = lab(answers());
    let error = too_few.run(quorum(4, ask(["a", "b", "c", "d"])).run()).unwrap_err();
    assert_eq!(too_few.now(), 2 * SECOND);
    // Those that were stopped are no reason.
    assert_eq!((error.kind(), error.others().len()), (ErrorKind::Exit, 0));
    assert_eq!(error.hint(), Some("4 were to succeed, and 1 did"));
    let none = lab(answers());
    assert!(none.run(quorum(0, ask(["a"])).run()).unwrap().is_empty());
    assert!(none.ran().is_empty());
}

#[test]
fn what_cannot_be_combined_is_refused_before_anything_starts() {
    let lab = lab([("a", Script::stdout("a"))]);
    #[track_caller]
    fn refused<T>(result: cuprum::Result<T>, why: &str) {
        let error = result.err().unwrap();
        assert_eq!(error.kind(), ErrorKind::InvalidCombination);
        assert!(error.to_string().contains(why), "{error}");
    }
    let tells = || ["a", "b"].map(Tell::new);
    let reader = || Ask::new("a").stdin(Stdin::reader(&b"input"[..]));
    let shared = reader();
    refused(lab.run(race(ask([])).run()), "there is none");
    refused(lab.run(first_ok(ask([])).run()), "there is none");
    refused(lab.run(quorum(2, ask(["a"])).run()), "2 are to succeed, and there are 1");
    refused(lab.run(race(tells()).run()), "its tier is write");
    refused(lab.run(race_ok(tells()).run()), "its tier is write");
    refused(lab.run(quorum(1, tells()).run()), "its tier is write");
    refused(lab.run(hedge(Tell::new("a"), SECOND).run()), "its tier is write");
    refused(lab.run(hedge(reader(), SECOND).run()), "another command reads the same input");
    refused(lab.run(race([shared.clone(), shared]).run()), "another command reads the same input");
    assert!(lab.ran().is_empty());
    assert_eq!(lab.run(race([reader()]).run()).unwrap(), "a");
    assert_eq!(lab.run(first_ok(["a"].map(Tell::new)).run()).unwrap(), "a");
    assert_eq!(lab.run(race(["a"].map(Tell::new)).idempotent().run()).unwrap(), "a");
}

#[test]
fn a_panic_is_an_ending_and_takes_nothing_from_the_others() {
    let lab = lab([("a", after(1, "a")), ("b", after(2, "b"))]);
    let mut first = true;
    let settled = race_ok(ask(["a", "b"])).results().inspect(move |_| {
        if std::mem::take(&mut first) {
            panic!("not this one");
        }
    });
    let settled = lab.run(settled).unwrap();
    assert!(matches!(settled.endings(), [Ending::Panicked(_), Ending::Done(_)]));
    let text = settled.endings()[0].error().unwrap().to_string();
    assert_eq!(text, "cannot run `query a`: code that was called panicked: not this one");
    assert_eq!(settled.into_result().unwrap(), "b");
}

#[test]
fn a_dropped_choice_leaves_nothing_wherever_it_is_dropped() {
    let stubborn = || Script::new().on_term(Script::new().wait(SECOND)).wait(5 * SECOND);
    let lab = lab([("a", stubborn().then_exit(1)), ("b", stubborn()), ("c", after(7, "c"))]);
    let places = lab.cancel_everywhere(|_| async {
        let _ = race(ask(["a", "b", "c"])).run().await;
        let _ = first_ok(ask(["a", "b"])).run().await;
        let _ = hedge(Ask::new("b"), SECOND).run().await;
        let _ = quorum(2, ask(["a", "b", "c"])).run().await;
    });
    assert!(places > 10, "{places}");
    lab.explore(0..50).cancels(300).faults(100).run(|_| async {
        let _ = race_ok(ask(["a", "b", "c"])).run().await;
        let _ = first_ok(ask(["a", "b"])).timeout(3 * SECOND).run().await;
    });
}

#[tokio::test]
async fn real_losers_are_gone_when_a_race_has_ended() {
    let fifo = Fifo::new();
    let (up, gone) = fifo.watch();
    let other = Fifo::new();
    let run =
        race([probe(&["hold", fifo.name()]), probe(&["until", other.name(), "out", "won"])]).idempotent();
    let run = tokio::spawn(run.run());
    up.await;
    drop(other.release().await);
    assert_eq!(run.await.unwrap().unwrap(), b"won");
    gone.await;
}

#[test]
fn a_choice_is_waited_for_and_planned_like_a_command() {
    let either = first_ok([probe(&["exit", "3"])]).or(probe(&["out", "b"]));
    assert_eq!(either.clone().read().wait().unwrap(), "b");
    assert_eq!(either.clone().bytes().wait().unwrap(), b"b");
    assert_eq!(either.plan().unwrap().plans().len(), 2);
    assert_eq!(first_ok([probe(&["out", "a"]) | probe(&["cat"])]).read().wait().unwrap(), "a");
}
