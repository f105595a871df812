//! The lab's time goes on wherever a run is polled: in the lab's executor, in a Tokio runtime, in the background.

use std::pin::Pin;
use std::task::Poll;

use cuprum::lab::{Breach, Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::CancelToken;
use cuprum::{ErrorKind, ExitStatus};
use cuprum_tests::Probe;

use crate::{SECOND, probe};

fn lab() -> Lab {
    Lab::new()
        .on_words(["probe", "slow"], Script::stdout("slow").wait(3600 * SECOND))
        .on_words(["probe", "stay"], Script::stdout("a").hang())
}

#[tokio::test]
async fn an_hour_passes_at_once_in_a_runtime() {
    let lab = lab();
    assert_eq!(lab.cx().read(probe(&["slow"])).await.unwrap(), "slow");
    assert_eq!(lab.now(), 3600 * SECOND);
    let error = lab.cx().run(probe(&["stay"]).timeout(60 * SECOND)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(lab.now(), 3660 * SECOND);
    assert_eq!(lab.breaches(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_hour_passes_at_once_in_a_runtime_of_many_threads() {
    let lab = lab();
    let runs = (0..20).map(|_| tokio::spawn(lab.cx().read(probe(&["slow"]))));
    for run in runs.collect::<Vec<_>>() {
        assert_eq!(run.await.unwrap().unwrap(), "slow");
    }
    assert!(lab.now() >= 3600 * SECOND);
    assert_eq!(lab.breaches(), []);
}

#[tokio::test]
async fn two_commands_take_as_long_as_the_longer_one() {
    let lab = Lab::new()
        .on_words(["probe", "a"], Script::new().wait(2 * SECOND))
        .on_words(["probe", "b"], Script::new().wait(3 * SECOND));
    let (a, b) = tokio::join!(lab.cx().run(probe(&["a"])), lab.cx().run(probe(&["b"])));
    assert!(a.is_ok() && b.is_ok());
    assert_eq!(lab.now(), 3 * SECOND);
    let both = lab.run(async { tokio::join!(probe(&["a"]).run(), probe(&["b"]).run()) });
    assert!(both.0.is_ok() && both.1.is_ok());
    assert_eq!(lab.now(), 6 * SECOND);
}

#[tokio::test]
async fn a_dropped_run_is_torn_down_in_the_runtime_that_polled_it() {
    let lab = Lab::new().on_program::<Probe>(Script::new().ignore_term().hang());
    let mut run = lab.cx().run(probe(&["x"]));
    let polled = std::future::poll_fn(|context| Poll::Ready(Pin::new(&mut run).poll(context))).await;
    assert!(polled.is_pending());
    drop(run);
    lab.sleep(6 * SECOND).await;
    assert_eq!(lab.ran()[0].status, Some(ExitStatus::Signal(9)));
    assert_eq!(lab.ran()[0].ended, Some(5 * SECOND));
    assert_eq!(lab.breaches(), []);
}

#[test]
fn waiting_works_with_limits_and_in_a_run_of_the_lab() {
    let lab = lab();
    let command = || probe(&["stay"]).timeout(SECOND);
    assert_eq!(lab.cx().run(command()).wait().unwrap_err().kind(), ErrorKind::Timeout);
    let error = lab.run(async { command().run().wait().unwrap_err() });
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(lab.now(), 2 * SECOND);
}

#[test]
fn waiting_on_several_threads_at_once_works() {
    let lab = lab();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..50 {
                    assert_eq!(lab.cx().read(probe(&["slow"])).wait().unwrap(), "slow");
                }
            });
        }
    });
    assert_eq!(lab.breaches(), []);
}

#[test]
fn the_lab_sleeps_where_there_is_no_executor_at_all() {
    let lab = lab();
    let mut sleep = std::pin::pin!(lab.sleep(9 * SECOND));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(sleep.as_mut().poll(&mut context).is_ready());
    assert_eq!(lab.now(), 9 * SECOND);
}

#[test]
fn a_token_cancels_at_a_moment_of_the_labs_time() {
    let lab = lab();
    let token = CancelToken::new();
    let error = lab.run(async {
        let run = probe(&["stay"]).cancelled_by(&token).run();
        let cancel = async {
            lab.sleep(90 * SECOND).await;
            token.cancel();
        };
        tokio::join!(run, cancel).0.unwrap_err()
    });
    assert_eq!(error.kind(), ErrorKind::Cancelled);
    assert_eq!(error.outcome().unwrap().duration(), 90 * SECOND);
}

#[test]
fn a_future_that_waits_in_vain_is_reported() {
    let report = lab().try_run(std::future::pending::<()>()).unwrap_err();
    assert_eq!(report.breaches, [Breach::Stuck]);
}

#[test]
fn lines_come_while_the_command_runs() {
    let script = Script::stdout("a\n").wait(SECOND).stderr("b\n").wait(SECOND).print("c\n");
    let lab = Lab::new().on_program::<Probe>(script);
    let lines = lab.run(async {
        let mut lines = probe(&["x"]).lines();
        let mut seen = Vec::new();
        while let Some(line) = lines.next().await {
            seen.push((line.unwrap().to_string(), lab.now()));
        }
        seen
    });
    assert_eq!(lines, [("a", 0), ("b", 1), ("c", 2)].map(|(line, at)| (line.to_owned(), at * SECOND)));
}
