//! A process in which code without a context may run nothing. It is so for good, so all tests here share it.

use std::sync::mpsc;

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::Layer;
use cuprum::{Cx, Program};

#[derive(Program)]
struct Git;

fn lab() -> Lab {
    Cx::deny_by_default();
    Lab::new().when(|_| true, Script::exit(0))
}

#[test]
fn code_outside_of_every_scope_may_run_nothing() {
    let lab = lab();
    let error = Git::cmd().run().wait().unwrap_err();
    assert_eq!(error.layer(), Some(Layer::Default));
    assert_eq!(
        error.to_string(),
        "cannot run `git`: the program is not allowed here: outside of every scope this process permits no \
         program (`Cx::deny_by_default`)\n\
         hint: run it by `cx.run(…)` or within `cx.scope(…)`; a task that was spawned keeps its context by \
         `.in_current_cx()`"
    );
    assert!(lab.cx().run(Git::cmd()).wait().is_ok());
    assert!(lab.cx().scope_sync(|| Git::cmd().run_sync()).is_ok());
}

#[tokio::test]
async fn a_task_that_lost_its_context_may_run_nothing() {
    let cx = lab().cx();
    let (lost, carried) = cx
        .scope(async {
            let lost = tokio::spawn(async { Git::cmd().run().await });
            let carried = tokio::spawn(async { Git::cmd().run().await }.in_current_cx());
            (lost.await.unwrap(), carried.await.unwrap())
        })
        .await;
    assert_eq!(lost.unwrap_err().layer(), Some(Layer::Default));
    assert!(carried.is_ok());
}

#[test]
fn a_thread_without_a_context_may_run_nothing() {
    let refused = lab().cx().scope_sync(|| std::thread::spawn(|| Git::cmd().run_sync()).join().unwrap());
    assert_eq!(refused.unwrap_err().layer(), Some(Layer::Default));
}

#[test]
fn code_without_a_context_cannot_permit_itself_anything() {
    let _ = lab();
    let error = Cx::current().allow(Git::SPEC).unwrap_err();
    assert_eq!((error.program(), error.layer()), ("git", Layer::Default));
    assert!(Cx::current().register_allow(Git::SPEC).is_err());
    assert!(Cx::current().with_allowlist([Git::SPEC]).is_err());
    assert!(!Cx::current().with_env("A", "1").permits(Git::SPEC));
    assert!(Cx::new().permits(Git::SPEC), "a new context is a decision, which a ceiling bounds");
}

#[test]
fn what_is_registered_with_the_process_holds_in_new_contexts() {
    let before = lab().cx();
    let (sender, asked) = mpsc::channel();
    let registration = Cx::current().register_before(move |invocation| {
        // The other tests of this process are asked about, too.
        let _ = sender.send(invocation.command_line());
        Ok(())
    });
    for (cx, word) in [(before, "first"), (lab().cx(), "second")] {
        cx.run(Git::cmd().word(word)).wait().unwrap();
        assert!(asked.try_iter().any(|line| line == format!("git {word}")), "{word}");
    }
    drop(registration);
    lab().cx().run(Git::cmd().word("third")).wait().unwrap();
    assert!(asked.try_iter().all(|line| line != "git third"));
}

#[test]
fn dropping_what_belongs_to_a_scope_does_not_need_one() {
    let cx = lab().cx();
    let registration = cx.register_allow(Git::SPEC).unwrap();
    std::thread::spawn(move || drop(registration)).join().unwrap();
}
