//! The code in which a context is current: tasks, threads, runtimes, and after it is gone.

use std::panic::{AssertUnwindSafe, catch_unwind};

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::{Cx, Program, allowlist};
use tokio::runtime::{Builder, Runtime};

use super::{Git, Rm, lab};

allowlist! { Pull = [Git]; }

/// Returns whether the current context permits `rm`; without one, that is so.
fn permits_rm() -> bool {
    Cx::current().permits(Rm::SPEC)
}

fn narrow() -> Cx<Pull> {
    lab().cx().narrow::<Pull>()
}

#[test]
fn a_thread_without_a_context_has_the_defaults() {
    let seen = narrow().scope_sync(|| std::thread::spawn(permits_rm).join().unwrap());
    assert!(seen && permits_rm());
}

#[test]
fn a_thread_is_given_a_context_by_its_value() {
    let seen = narrow().scope_sync(|| {
        let cx = Cx::current();
        std::thread::spawn(move || cx.scope_sync(permits_rm)).join().unwrap()
    });
    assert!(!seen);
}

#[tokio::test]
async fn a_task_that_is_spawned_has_no_context_unless_it_is_carried() {
    let (lost, carried) = narrow()
        .scope(async {
            let lost = tokio::spawn(async { permits_rm() });
            let carried = tokio::spawn(async { permits_rm() }.in_current_cx());
            (lost.await.unwrap(), carried.await.unwrap())
        })
        .await;
    assert!(lost && !carried);
}

#[tokio::test]
async fn a_carried_context_is_that_of_the_place_where_it_was_carried() {
    let work = narrow().scope_sync(|| async { permits_rm() }.in_current_cx());
    assert!(!work.await);
    let outside = async { permits_rm() }.in_current_cx();
    assert!(narrow().scope(outside).await, "also where that was outside of every scope");
}

#[test]
fn leaving_a_scope_restores_the_outer_context() {
    narrow().scope_sync(|| {
        let inner = Cx::new();
        assert!(inner.scope_sync(permits_rm));
        assert!(!permits_rm());
        let panicked = catch_unwind(AssertUnwindSafe(|| inner.scope_sync(|| panic!("on purpose"))));
        assert!(panicked.is_err() && !permits_rm());
    });
    assert!(permits_rm());
}

#[tokio::test]
async fn scopes_of_futures_nest() {
    let seen = narrow()
        .scope(async {
            let before = permits_rm();
            let inner = Cx::new().scope(async {
                tokio::task::yield_now().await;
                permits_rm()
            });
            (before, inner.await, permits_rm())
        })
        .await;
    assert_eq!(seen, (false, true, false));
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn one_context_serves_two_runtimes() {
    let (lab, cx) = (lab(), narrow());
    let run = |cx: Cx<Pull>| {
        move || {
            runtime().block_on(async {
                for _ in 0..20 {
                    cx.run(Git::cmd()).await.unwrap();
                    assert!(cx.scope(async { Rm::cmd().run().await }).await.is_err());
                }
            });
        }
    };
    let other = std::thread::spawn(run(cx.clone()));
    run(cx)();
    other.join().unwrap();
    drop(lab);
}

#[tokio::test]
async fn a_command_runs_on_when_its_context_is_dropped() {
    let hour = std::time::Duration::from_secs(3600);
    let lab = Lab::new().when(|_| true, Script::new().wait(hour).print("done").then_exit(0));
    let cx = lab.cx().narrow_to([Git::SPEC]);
    let registration = cx.register_allow(Rm::SPEC).unwrap();
    let run = cx.read(Rm::cmd());
    let task = tokio::spawn(run);
    tokio::task::yield_now().await;
    drop((cx, registration));
    assert_eq!(task.await.unwrap().unwrap(), "done");
}

#[test]
fn a_run_that_has_not_begun_is_judged_when_it_begins() {
    let cx = lab().cx().narrow_to([Git::SPEC]);
    let registration = cx.register_allow(Rm::SPEC).unwrap();
    let run = cx.run(Rm::cmd());
    drop(registration);
    assert!(run.wait().is_err());
}

#[test]
fn a_blocking_run_in_a_scope_has_its_context() {
    narrow().scope_sync(|| {
        assert!(Git::cmd().run_sync().is_ok());
        assert!(Rm::cmd().run_sync().is_err());
    });
}

#[test]
fn code_that_a_blocking_run_calls_has_the_context_of_its_caller() {
    let (sender, receiver) = std::sync::mpsc::channel();
    let look = move |_: &cuprum::Outcome| sender.send((permits_rm(), Rm::cmd().run_sync().is_ok())).unwrap();
    narrow().scope_sync(|| Git::cmd().run().inspect(look).wait().unwrap());
    assert_eq!(receiver.recv().unwrap(), (false, false));
}

#[test]
fn what_is_registered_with_one_new_context_is_not_with_another() {
    let (one, other) = (narrow(), narrow());
    let _registration = one.register_allow(Rm::SPEC).unwrap();
    assert!(one.permits(Rm::SPEC) && !other.permits(Rm::SPEC));
}
