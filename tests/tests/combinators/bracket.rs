//! What is acquired is released, whatever becomes of the work between.

use std::sync::{Arc, Mutex};

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::run::Bracket;
use cuprum::spec::CancelToken;
use cuprum::{ErrorKind, bracket};

use super::{Ask, ENOENT, SECOND, after, fails_after, lab};

/// Asks for `lock`, then for what `work` says, then for `unlock`.
fn locked(work: &'static str) -> Bracket<String, String> {
    bracket(
        async || Ask::new("lock").run().await,
        async move |_| Ask::new(work).run().await,
        async |_| Ask::new("unlock").run().await.map(drop),
    )
}

fn answers() -> Lab {
    lab([
        ("lock", after(1, "key")),
        ("unlock", after(1, "")),
        ("quick", after(2, "done")),
        ("fails", fails_after(2, 3)),
        ("endless", Script::new().hang()),
        ("stubborn", Script::new().ignore_term().hang()),
    ])
}

/// Returns the words of what ran, in the order of the starts.
fn ran(lab: &Lab) -> Vec<String> {
    lab.ran().iter().map(|ran| ran.launch.args[0].to_string_lossy().into_owned()).collect()
}

#[test]
fn the_release_follows_the_work_and_gets_what_was_acquired() {
    let lab = answers();
    let run = bracket(
        async || Ask::new("lock").run().await,
        async |key: Arc<String>| {
            assert_eq!(*key, "key");
            Ask::new("quick").run().await
        },
        async |key: Arc<String>| {
            assert_eq!(*key, "key");
            Ask::new("unlock").run().await.map(drop)
        },
    );
    assert_eq!(lab.run(run.run()).unwrap(), "done");
    assert_eq!((ran(&lab), lab.now()), (vec!["lock".into(), "quick".into(), "unlock".into()], 4 * SECOND));
}

#[test]
fn a_failure_a_panic_a_timeout_and_a_cancellation_are_no_way_around_the_release() {
    let check = |run: Bracket<String, String>, kind| {
        let lab = answers();
        let error = lab.run(run.run()).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert_eq!(ran(&lab).last().unwrap(), "unlock");
        assert!(lab.ran().iter().all(|ran| ran.status.is_some()));
        lab.now()
    };
    assert_eq!(check(locked("fails"), ErrorKind::Exit), 4 * SECOND);
    // The work had three seconds, from when it began.
    assert_eq!(check(locked("endless").timeout(3 * SECOND), ErrorKind::Timeout), 5 * SECOND);
    let panics = bracket(
        async || Ask::new("lock").run().await,
        async |_| panic!("no"),
        async |_| Ask::new("unlock").run().await.map(drop),
    );
    assert_eq!(check(panics, ErrorKind::Panicked), 2 * SECOND);
}

#[test]
fn the_release_begins_when_what_the_work_has_started_is_gone() {
    let lab = answers();
    let error = lab.run(locked("stubborn").timeout(SECOND).run()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let ran = lab.ran();
    let (stubborn, unlock) = (&ran[1], &ran[2]);
    assert_eq!(stubborn.status.unwrap().signal_name(), Some("SIGKILL"));
    assert!(unlock.started >= stubborn.ended.unwrap());
    // Asked after two seconds, and killed after its grace.
    assert_eq!(unlock.started, 7 * SECOND);
}

#[test]
fn what_the_work_leaves_running_is_cancelled_before_the_release() {
    let lab = answers();
    let run = bracket(
        async || Ask::new("lock").run().await,
        async |_| Ask::new("endless").spawn().await,
        async |_| Ask::new("unlock").run().await.map(drop),
    );
    let child = lab.run(async {
        let child = run.run().await.unwrap();
        child.output().await.map(drop).unwrap_err()
    });
    assert_eq!(child.kind(), ErrorKind::Cancelled);
    assert!(lab.ran()[2].started >= lab.ran()[1].ended.unwrap());
}

#[test]
fn what_could_not_be_acquired_is_not_released() {
    let lab = lab([("lock", fails_after(1, 3)), ("unlock", after(1, ""))])
        .on_words(["query", "quick"], after(1, ""));
    assert_eq!(lab.run(locked("quick").run()).unwrap_err().kind(), ErrorKind::Exit);
    assert_eq!(ran(&lab), ["lock"]);
    let token = CancelToken::new();
    token.cancel();
    let never = answers();
    assert_eq!(
        never.run(locked("quick").cancelled_by(&token).run()).unwrap_err().kind(),
        ErrorKind::Cancelled
    );
    assert!(ran(&never).is_empty());
}

#[test]
fn of_two_failures_that_of_the_work_is_the_error_and_the_other_one_is_with_it() {
    let fails = || lab([("lock", after(1, "")), ("unlock", fails_after(1, 9))]);
    let both = fails().on_words(["query", "work"], fails_after(1, 3));
    let error = both.run(locked("work").run()).unwrap_err();
    assert_eq!(error.outcome().unwrap().status().code(), Some(3));
    let [other] = error.others() else { panic!("{error:?}") };
    assert_eq!(other.outcome().unwrap().status().code(), Some(9));
    let one = fails().on_words(["query", "work"], after(1, ""));
    let error = one.run(locked("work").run()).unwrap_err();
    assert_eq!(error.outcome().unwrap().status().code(), Some(9));
}

#[test]
fn no_token_of_the_context_stops_the_release_and_its_own_limit_does() {
    let lab = answers();
    let token = CancelToken::new();
    let cancelled = token.clone();
    let waits = async {
        lab.sleep(2 * SECOND).await;
        cancelled.cancel();
    };
    let cx = lab.cx().with_cancel(&token);
    let (result, ()) = lab.run(async { tokio::join!(cx.scope(locked("endless").run()), waits) });
    assert_eq!(result.unwrap_err().kind(), ErrorKind::Cancelled);
    assert_eq!((ran(&lab).last().unwrap().as_str(), lab.now()), ("unlock", 3 * SECOND));

    let slow = answers().on_words(["query", "sticks"], Script::new().hang());
    let run = bracket(
        async || Ask::new("lock").run().await,
        async |_| Ok(()),
        async |_| Ask::new("sticks").run().await.map(drop),
    );
    let error = slow.run(run.release_within(9 * SECOND).run()).unwrap_err();
    assert_eq!((error.kind(), slow.now() >= 10 * SECOND), (ErrorKind::Timeout, true));
    assert!(error.to_string().contains("the release had not ended after 9s"), "{error}");
}

/// Wherever the run is dropped, every lock that was got is given back, after all else.
#[test]
fn a_drop_at_any_place_releases_what_was_acquired() {
    let locks = Arc::new(Mutex::new(Vec::new()));
    let lab = answers();
    let log = Arc::clone(&locks);
    let scenario = move |_: Lab| {
        let (locked, unlocked) = (Arc::clone(&log), Arc::clone(&log));
        async move {
            let run = bracket(
                async move || {
                    let key = Ask::new("lock").run().await?;
                    locked.lock().unwrap().push("lock");
                    Ok(key)
                },
                async |_| Ask::new("stubborn").run().await,
                async move |_| {
                    let released = Ask::new("unlock").run().await.map(drop);
                    unlocked.lock().unwrap().push("unlock");
                    released
                },
            );
            let _ = run.timeout(2 * SECOND).run().await;
        }
    };
    let places = lab.cancel_everywhere(scenario);
    assert!(places >= 3, "{places}");
    let log = locks.lock().unwrap();
    assert!(log.len() > 2 * places.min(4));
    assert!(log.chunks(2).all(|pair| pair == ["lock", "unlock"]), "{log:?}");
}

/// Whatever becomes of the outer one, the inner one has released when the outer one does.
#[test]
fn of_two_brackets_the_inner_one_releases_first() {
    let outer = |limit: u32| {
        let run = bracket(
            async || Ask::new("lock").run().await,
            async |_| {
                let inner = bracket(
                    async || Ask::new("lock").run().await,
                    async |_| Ask::new("stubborn").run().await,
                    async |_| Ask::new("inner").run().await.map(drop),
                );
                inner.run().await
            },
            async |_| Ask::new("outer").run().await.map(drop),
        );
        run.timeout(SECOND * limit)
    };
    let lab =
        || answers().on_words(["query", "inner"], after(1, "")).on_words(["query", "outer"], after(1, ""));
    let check = |lab: &Lab| {
        let ran = lab.ran();
        let of = |word: &str| ran.iter().find(|ran| ran.launch.args[0] == *word);
        if let Some(inner) = of("inner") {
            assert!(inner.started >= of("stubborn").unwrap().ended.unwrap());
            assert!(of("outer").unwrap().started >= inner.ended.unwrap());
        }
        of("inner").is_some()
    };
    let timed = lab();
    let error = timed.run(outer(5).run()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(check(&timed));
    // Here the limit comes while the inner one acquires, and there is nothing to release yet but the outer one's.
    let early = lab();
    early.run(outer(1).timeout(SECOND / 2).run()).unwrap_err();
    check(&early);
    let places = lab().cancel_everywhere(|_| async { drop(outer(5).run().await) });
    assert!(places >= 3, "{places}");
    lab().explore(0..300).cancels(10).run(async |lab| {
        drop(outer(5).cancelled_by(&lab.token()).run().await);
        lab.sleep(60 * SECOND).await;
        check(&lab);
    });
}

#[test]
fn a_missing_program_is_a_failure_to_acquire() {
    let lab = lab([("lock", Script::refused(ENOENT))]);
    assert_eq!(lab.run(locked("quick").run()).unwrap_err().kind(), ErrorKind::ProgramNotFound);
}

#[tokio::test]
async fn a_real_run_that_is_dropped_is_released() {
    let (sender, receiver) = tokio::sync::oneshot::channel();
    let (up, is_up) = tokio::sync::oneshot::channel();
    let run = bracket(
        async || super::probe(&["out", "key"]).read().await,
        async move |_| {
            let mut lines = super::probe(&["out", "up\n", "stay"]).lines();
            drop(lines.next().await);
            let _ = up.send(());
            drop(lines.next().await);
            Ok(())
        },
        async move |key: Arc<String>| {
            drop(sender.send(key));
            Ok(())
        },
    );
    tokio::select! {
        result = run.run() => panic!("{result:?}"),
        up = is_up => up.unwrap(),
    }
    assert_eq!(*receiver.await.unwrap(), "key");
}
