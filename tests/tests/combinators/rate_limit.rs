//! How often commands start, wherever they are started.

use std::time::Duration;

use cuprum::backend::{Backend as _, Os};
use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::{Bulkhead, CancelToken, RateLimit};
use cuprum::{ErrorKind, concurrent};

use super::{Ask, SECOND, after, ask, lab, probe};

/// Returns when each command has started, in the order of the starts.
fn starts(lab: &Lab) -> Vec<Duration> {
    lab.ran().iter().map(|ran| ran.started).collect()
}

fn quick() -> Lab {
    Lab::new().when(|_| true, Script::new())
}

#[test]
fn commands_start_evenly_spaced_after_those_that_may_come_at_once() {
    let lab = quick();
    let rate = RateLimit::new("api", 4, 2 * SECOND).burst(3);
    let batch = concurrent(ask(["a", "b", "c", "d", "e"]).map(|command| command.paced_by(&rate)));
    lab.run(batch.run()).unwrap();
    assert_eq!(starts(&lab), [Duration::ZERO, Duration::ZERO, Duration::ZERO, SECOND / 2, SECOND]);
    // Of what was not used in the meantime, no more is left than may come at once.
    lab.run(async {
        lab.sleep(60 * SECOND).await;
        concurrent(ask(["f"; 5]).map(|command| command.paced_by(&rate))).run().await
    })
    .unwrap();
    let later: Vec<_> = starts(&lab)[5..].iter().map(|start| *start - 61 * SECOND).collect();
    assert_eq!(later, [Duration::ZERO, Duration::ZERO, Duration::ZERO, SECOND / 2, SECOND]);
}

#[test]
fn a_clone_a_context_and_a_pipeline_share_one_limit() {
    let lab = quick();
    let rate = RateLimit::new("api", 1, SECOND);
    let cx = lab.cx().with_rate_limit(&rate);
    lab.run(cx.scope(async {
        Ask::new("a").run().await.unwrap();
        // Named twice, it counts once.
        Ask::new("b").paced_by(&rate.clone()).run().await.unwrap();
        // Two stages are one start.
        (Ask::new("c") | Ask::new("d").paced_by(&rate)).run().await.unwrap();
        Ask::new("e").run().await.unwrap();
    }));
    assert_eq!(starts(&lab), [0, 1, 2, 2, 3].map(|seconds| SECOND * seconds));
}

#[test]
fn whoever_waits_can_time_out_be_cancelled_and_be_dropped_and_takes_nobodys_turn() {
    let lab = quick();
    let rate = RateLimit::new("api", 1, 10 * SECOND);
    let token = CancelToken::new();
    let wait = |word: &str| Ask::new(word).paced_by(&rate);
    lab.run(async {
        wait("first").run().await.unwrap();
        let error = wait("late").timeout(SECOND).run().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(error.to_string().contains("in time: api"), "{error}");
        let cancelled = wait("cancelled").cancelled_by(&token).run();
        let stop = async {
            lab.sleep(SECOND).await;
            token.cancel();
        };
        assert_eq!(tokio::join!(cancelled, stop).0.unwrap_err().kind(), ErrorKind::Cancelled);
        tokio::select! {
            biased;
            _ = wait("dropped").run() => {}
            () = lab.sleep(SECOND) => {}
        }
        wait("next").run().await.unwrap();
    });
    assert_eq!(starts(&lab), [Duration::ZERO, SECOND * 10]);
}

#[test]
fn the_turn_comes_when_the_place_in_a_bulkhead_is_there() {
    let lab = lab([("a", after(5, "")), ("b", after(5, "")), ("c", after(5, ""))]);
    let (rate, one) = (RateLimit::new("api", 1, SECOND), Bulkhead::new("one", 1));
    let batch = ask(["a", "b", "c"]).map(|command| command.paced_by(&rate).limited_by(&one));
    lab.run(concurrent(batch).run()).unwrap();
    assert_eq!(starts(&lab), [0, 5, 10].map(|seconds| SECOND * seconds));
}

#[test]
fn a_limit_that_lets_nothing_start_is_refused() {
    for rate in [
        RateLimit::new("none", 0, SECOND),
        RateLimit::new("never", 1, Duration::ZERO),
        RateLimit::new("nobody", 1, SECOND).burst(0),
    ] {
        let lab = quick();
        let error = lab.run(Ask::new("a").paced_by(&rate).run()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidLimit);
        assert!(error.to_string().contains(rate.name()) && lab.ran().is_empty(), "{error}");
    }
}

#[tokio::test]
async fn real_commands_are_paced_by_the_real_clock() {
    let rate = RateLimit::new("api", 1, Duration::from_millis(50));
    let begun = Os::new().now();
    for _ in 0..3 {
        probe(&[]).paced_by(&rate).run().await.unwrap();
    }
    assert!(Os::new().now() - begun >= Duration::from_millis(100));
}
