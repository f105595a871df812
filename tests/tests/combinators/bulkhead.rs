//! A limit on how many commands run at once, wherever they are started.

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::{Bulkhead, CancelToken};
use cuprum::{ErrorKind, concurrent, race};
use cuprum_tests::Fifo;

use super::{Ask, SECOND, after, lab, probe};

/// A lab in which everything takes ten seconds.
fn slow() -> Lab {
    Lab::new().on_program::<super::Query>(Script::new().wait(10 * SECOND))
}

#[test]
fn it_limits_commands_of_unrelated_places_and_keeps_their_order() {
    let lab = slow();
    let bulkhead = Bulkhead::new("one", 1);
    lab.run(async {
        let one = |word: &'static str| Ask::new(word).limited_by(&bulkhead).run();
        let (a, b, c) = tokio::join!(one("a"), one("b"), Ask::new("c").run());
        a.and(b).and(c).unwrap();
    });
    assert_eq!(lab.now(), 20 * SECOND);
    lab.assert_ran(["query a", "query c", "query b"]);
}

#[test]
fn a_context_and_a_pipeline_take_one_place_each() {
    let lab = slow();
    let bulkhead = Bulkhead::new("one", 1);
    let cx = lab.cx().with_bulkhead(&bulkhead);
    // The command and its context name the same one, which has but one place.
    let twice = Ask::new("a").limited_by(&bulkhead) | Ask::new("b").limited_by(&bulkhead);
    lab.run(cx.run(concurrent([twice.clone(), twice]))).unwrap();
    assert_eq!(lab.now(), 20 * SECOND);
}

#[test]
fn several_are_entered_in_one_order_so_nobody_waits_in_a_circle() {
    let lab = slow();
    let (one, other) = (Bulkhead::new("one", 1), Bulkhead::new("other", 1));
    lab.explore(0..30).run(|_| async {
        let a = Ask::new("a").limited_by(&one).limited_by(&other).run();
        let b = Ask::new("b").limited_by(&other).limited_by(&one).run();
        let (a, b) = tokio::join!(a, b);
        a.and(b).unwrap();
    });
}

#[test]
fn the_time_in_the_queue_counts_for_the_timeout() {
    let bulkhead = Bulkhead::new("one", 1);
    let both = |seconds: u32| {
        let lab = slow();
        let second = Ask::new("b").timeout(SECOND * seconds).limited_by(&bulkhead);
        let result =
            lab.run(async { tokio::join!(Ask::new("a").limited_by(&bulkhead).run(), second.run()).1 });
        (result, lab.ran().len())
    };
    let (result, ran) = both(5);
    let error = result.unwrap_err();
    assert_eq!((error.kind(), ran), (ErrorKind::Timeout, 1));
    assert!(error.to_string().contains("no place became free in time: one"), "{error}");
    let (result, ran) = both(15);
    assert_eq!((result.unwrap_err().kind(), ran), (ErrorKind::Timeout, 2));
    assert!(both(25).0.is_ok());
}

#[test]
fn who_waits_can_be_cancelled_and_leaves_the_queue() {
    let lab = slow();
    let bulkhead = Bulkhead::new("one", 1);
    let token = CancelToken::new();
    let error = lab.run(async {
        let cancel = async {
            lab.sleep(SECOND).await;
            assert_eq!(bulkhead.waiting(), 1);
            token.cancel();
        };
        let first = Ask::new("a").limited_by(&bulkhead).run();
        let second = Ask::new("b").limited_by(&bulkhead).cancelled_by(&token).run();
        tokio::join!(first, second, cancel).1.unwrap_err()
    });
    assert_eq!((error.kind(), bulkhead.waiting(), lab.ran().len()), (ErrorKind::Cancelled, 0, 1));
    // One that loses a race in the queue, too.
    let lab = self::lab([("a", after(1, "a")), ("b", after(1, "b"))]);
    let limited = ["a", "b"].map(|word| Ask::new(word).limited_by(&bulkhead));
    assert_eq!(lab.run(race(limited).run()).unwrap(), "a");
    assert_eq!(bulkhead.waiting(), 0);
}

#[test]
fn a_full_queue_and_a_bulkhead_without_places_refuse() {
    let lab = slow();
    let bulkhead = Bulkhead::new("small", 1).queue(1);
    let results = ["a", "b", "c"].map(|word| Ask::new(word).limited_by(&bulkhead));
    let results = lab.run(concurrent(results).results()).unwrap();
    let error = results.slots()[2].error().unwrap();
    assert_eq!(error.kind(), ErrorKind::Busy);
    assert!(error.to_string().contains("1 for a place in the bulkhead `small`"), "{error}");
    let none = Ask::new("a").limited_by(&Bulkhead::new("none", 0));
    assert_eq!(lab.run(none.run()).unwrap_err().kind(), ErrorKind::InvalidLimit);
}

#[test]
fn commands_that_name_two_bulkheads_in_different_orders_do_not_wait_for_each_other_for_ever() {
    let lab = slow();
    let (one, other) = (Bulkhead::new("one", 1), Bulkhead::new("other", 1));
    lab.run(async {
        // Both places are taken first, and become free at the same time.
        let first = async {
            tokio::join!(Ask::new("a").limited_by(&one).run(), Ask::new("b").limited_by(&other).run())
        };
        let there = Ask::new("c").limited_by(&one).limited_by(&other).run();
        let back = Ask::new("d").limited_by(&other).limited_by(&one).run();
        let ((a, b), c, d) = tokio::join!(first, there, back);
        a.and(b).and(c).and(d).unwrap();
    });
    assert_eq!(lab.now(), 30 * SECOND);
}

#[test]
fn a_place_is_free_only_when_the_processes_of_a_dropped_run_are_gone() {
    let lab = lab([("a", Script::new().ignore_term().hang()), ("b", after(1, "b"))]);
    let bulkhead = Bulkhead::new("one", 1);
    lab.run(async {
        {
            let dropped = Ask::new("a").limited_by(&bulkhead).run();
            tokio::select! {
                biased;
                _ = dropped => panic!("it hangs"),
                () = lab.sleep(SECOND) => {}
            }
        }
        Ask::new("b").limited_by(&bulkhead).run().await.unwrap();
    });
    // A second until it was dropped, the grace, and the second one.
    assert_eq!(lab.now(), 7 * SECOND);
}

#[tokio::test]
async fn real_commands_wait_for_each_other() {
    let fifo = Fifo::new();
    let bulkhead = Bulkhead::new("one", 1);
    let first = probe(&["until", fifo.name(), "out", "a"]).limited_by(&bulkhead);
    let first = tokio::spawn(first.run());
    // It reads the pipe, so it has the place.
    let release = fifo.release().await;
    let second = tokio::spawn(probe(&["out", "b"]).limited_by(&bulkhead).run());
    while bulkhead.waiting() == 0 {
        tokio::task::yield_now().await;
    }
    drop(release);
    assert_eq!(
        (first.await.unwrap().unwrap(), second.await.unwrap().unwrap()),
        (b"a".to_vec(), b"b".to_vec())
    );
}
