//! Code that ends only when all commands that it started have ended.

use cuprum::lab::Script;
use cuprum::outcome::{CancelKind, Cancellation};
use cuprum::spec::CancelToken;
use cuprum::{ErrorKind, nursery};
use cuprum_tests::Fifo;

use super::{Ask, ENOENT, SECOND, after, fails_after, lab, probe};

#[test]
fn it_ends_when_all_its_commands_have_ended() {
    let lab = lab([("a", after(1, "a")), ("b", after(5, "b"))]);
    let text = lab.run(
        nursery(async |nursery| {
            drop(nursery.start(Ask::new("b")));
            nursery.start(Ask::new("a")).await
        })
        .run(),
    );
    assert_eq!((text.unwrap().as_str(), lab.now()), ("a", 5 * SECOND));
    assert!(lab.ran().iter().all(|ran| ran.status.is_some()));
}

#[test]
fn a_failure_that_nobody_awaits_is_its_own() {
    let answers = || [("a", fails_after(1, 3)), ("b", after(2, "b"))];
    let dropped = lab(answers());
    let error = dropped.run(
        nursery(async |nursery| {
            drop(nursery.start(Ask::new("a")));
            drop(nursery.start(Ask::new("b")));
            Ok(())
        })
        .run(),
    );
    assert_eq!(error.unwrap_err().outcome().unwrap().status().code(), Some(3));
    assert_eq!(dropped.now(), 2 * SECOND);
    let awaited = nursery(async |nursery| {
        assert!(nursery.start(Ask::new("a")).await.is_err());
        Ok("went on")
    });
    assert_eq!(lab(answers()).run(awaited.run()).unwrap(), "went on");
}

#[test]
fn of_several_failures_that_nobody_awaits_that_of_the_command_that_was_started_first_is_its_own() {
    let lab = lab([("a", fails_after(3, 3)), ("b", fails_after(1, 4))]);
    let run = nursery(async |nursery| {
        drop(nursery.start(Ask::new("a")));
        drop(nursery.start(Ask::new("b")));
        Ok(())
    });
    assert_eq!(lab.run(run.run()).unwrap_err().outcome().unwrap().status().code(), Some(3));
}

#[test]
fn what_stops_it_while_it_ends_does_not_take_the_place_of_a_failure() {
    let lab = lab([("a", Script::new().ignore_term().hang()), ("b", fails_after(1, 3))]);
    let run = nursery(async |nursery| {
        drop(nursery.start(Ask::new("a")));
        nursery.start(Ask::new("b")).await
    });
    let error = lab.run(run.timeout(3 * SECOND).run()).unwrap_err();
    assert_eq!((error.kind(), lab.now()), (ErrorKind::Exit, 6 * SECOND));
}

#[test]
fn the_first_failure_stops_the_others_where_that_is_asked() {
    let lab = lab([("a", after(9, "a")), ("b", fails_after(1, 3))]);
    let run = nursery(async |nursery| {
        drop(nursery.start(Ask::new("b")));
        let stopped = nursery.start(Ask::new("a")).await;
        assert_eq!(stopped.as_ref().unwrap_err().cancellation().unwrap().kind(), CancelKind::FailFast);
        // Nothing is started after that.
        assert_eq!(nursery.start(Ask::new("c")).await.unwrap_err().kind(), ErrorKind::Cancelled);
        stopped
    });
    let error = lab.run(run.fail_fast().run()).unwrap_err();
    assert_eq!((error.kind(), lab.now(), lab.ran().len()), (ErrorKind::Exit, SECOND, 2));
}

#[test]
fn a_body_that_fails_or_panics_stops_its_commands() {
    for panics in [false, true] {
        let lab = lab([("a", Script::new().ignore_term().hang()), ("b", fails_after(1, 3))]);
        let run = nursery(async move |nursery| {
            drop(nursery.start(Ask::new("a")));
            let result = nursery.start(Ask::new("b")).await;
            assert!(!panics, "as asked");
            result
        });
        let error = lab.run(run.run()).unwrap_err();
        assert_eq!(error.kind(), if panics { ErrorKind::Panicked } else { ErrorKind::Exit });
        assert_eq!(lab.now(), 6 * SECOND);
    }
    // Before it waits for anything, too.
    let at_once = lab([]).run(nursery::<(), std::future::Ready<_>>(|_| panic!("at once")).run());
    assert_eq!(at_once.unwrap_err().kind(), ErrorKind::Panicked);
}

#[test]
fn a_timeout_and_a_cancellation_stop_the_body_and_the_commands() {
    let stubborn = || lab([("a", Script::new().ignore_term().hang())]);
    let waits_for_ever = || {
        nursery(async |nursery| {
            drop(nursery.start(Ask::new("a")));
            std::future::pending::<cuprum::Result<()>>().await
        })
    };
    let late = stubborn();
    let error = late.run(waits_for_ever().timeout(3 * SECOND).run()).unwrap_err();
    assert_eq!((error.kind(), late.now()), (ErrorKind::Timeout, 8 * SECOND));
    let token = CancelToken::new();
    let cancelled = stubborn();
    let error = cancelled.run(async {
        let cancel = async {
            cancelled.sleep(SECOND).await;
            token.cancel_because(Cancellation::new(CancelKind::Shutdown).message("enough"));
        };
        tokio::join!(waits_for_ever().cancelled_by(&token).run(), cancel).0.unwrap_err()
    });
    assert_eq!((error.kind(), cancelled.now()), (ErrorKind::Cancelled, 6 * SECOND));
    assert_eq!(error.cancellation().unwrap().text(), Some("enough"));
}

#[test]
fn commands_that_are_cancelled_from_inside_fail_nothing() {
    let lab = lab([("a", after(9, "a"))]);
    let run = nursery(async |nursery| {
        let child = nursery.start(Ask::new("a"));
        nursery.cancel(CancelKind::User);
        drop(child);
        Ok(())
    });
    lab.run(run.run()).unwrap();
}

#[test]
fn it_starts_nothing_after_its_end_and_cannot_be_held_open() {
    let lab = lab([("a", after(1, "a")), ("b", Script::refused(ENOENT))]);
    lab.run(async {
        let kept = nursery(async |nursery| Ok(nursery.clone())).run().await.unwrap();
        let error = kept.start(Ask::new("a")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Cancelled);
        assert!(error.to_string().contains("its nursery has ended"), "{error}");
    });
    assert!(lab.ran().is_empty());
}

#[test]
fn a_dropped_nursery_leaves_nothing_wherever_it_is_dropped() {
    let stubborn = || Script::new().on_term(Script::new().wait(SECOND)).wait(5 * SECOND);
    let lab = lab([("a", stubborn()), ("b", stubborn().then_exit(1))]);
    let scenario = || async {
        let run = nursery(async |nursery| {
            drop(nursery.start(Ask::new("a")));
            nursery.start(Ask::new("b")).await
        });
        let _ = run.fail_fast().timeout(3 * SECOND).run().await;
    };
    let places = lab.cancel_everywhere(|_| scenario());
    assert!(places > 3, "{places}");
    lab.explore(0..50).cancels(300).faults(100).run(|_| scenario());
}

#[test]
fn on_a_thread_that_waits_real_commands_are_gone_when_it_has_ended() {
    let fifo = Fifo::new();
    let (up, gone) = fifo.watch();
    let name = fifo.name().to_owned();
    let run = nursery(async move |nursery| {
        drop(nursery.start(probe(&["hold", &name])));
        up.await;
        nursery.cancel(CancelKind::User);
        nursery.start(probe(&["out", "late"])).await
    });
    assert_eq!(run.run().wait().unwrap_err().kind(), ErrorKind::Cancelled);
    gone.wait();
}
