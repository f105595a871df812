//! The layers of tower around commands.

use std::time::Duration;

use cuprum::lab::Lab;
use cuprum::prelude::*;
use cuprum::run::Tower;
use cuprum::{Cx, concurrent};
use cuprum_tests::Fifo;
use tower::limit::{ConcurrencyLimit, RateLimit};
use tower::timeout::Timeout;
use tower::{Service as _, ServiceExt as _};

use super::{Ask, SECOND, Script, probe};

#[tokio::test]
async fn a_concurrency_limit_limits_commands() {
    let lab = Lab::new().on::<Ask>(Script::new().wait(10 * SECOND));
    let service = ConcurrencyLimit::new(Tower::new(&lab.cx()), 2);
    let runs = ["a", "b", "c", "d"].map(|word| tokio::spawn(service.clone().oneshot(Ask::new(word))));
    for run in runs {
        run.await.unwrap().unwrap();
    }
    assert_eq!(lab.now(), 20 * SECOND);
}

#[tokio::test]
async fn a_rate_limit_makes_the_next_command_wait() {
    let lab = Lab::new().on::<Ask>(Script::stdout("a"));
    let hour = Duration::from_secs(3600);
    let mut service = RateLimit::new(Tower::new(&lab.cx()), tower::limit::rate::Rate::new(2, hour));
    for _ in 0..2 {
        let ready = <RateLimit<Tower> as tower::ServiceExt<Ask>>::ready(&mut service).await.unwrap();
        assert_eq!(ready.call(Ask::new("a")).await.unwrap(), "a");
    }
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let third = <RateLimit<Tower> as tower::Service<Ask>>::poll_ready(&mut service, &mut context);
    assert!(third.is_pending());
}

#[tokio::test]
async fn a_layer_that_drops_the_future_leaves_no_process() {
    let fifo = Fifo::new();
    let (up, gone) = fifo.watch();
    let hour = Duration::from_secs(3600);
    let service = Timeout::new(Tower::new(&Cx::new()), hour);
    let run = tokio::spawn(service.oneshot(probe(&["hold", fifo.name()])));
    up.await;
    // Only the clock of this runtime stands still, so that it can be set; the process has its own.
    tokio::time::pause();
    tokio::time::advance(hour).await;
    assert!(run.await.unwrap().unwrap_err().is::<tower::timeout::error::Elapsed>());
    gone.await;
}

#[tokio::test]
async fn batches_and_pipelines_are_requests_like_commands() {
    let batch = concurrent([probe(&["out", "a"]) | probe(&["cat"])]);
    assert_eq!(Tower::new(&Cx::new()).oneshot(batch.limit(1)).await.unwrap(), [b"a"]);
    assert_eq!(Tower::new(&Cx::new()).oneshot(probe(&["out", "b"]).accept([0])).await.unwrap(), b"b");
}
