//! Limits of time that a context gives.

use std::time::Duration;

use cuprum::lab::{Lab, Script};
use cuprum::{Cx, ErrorKind, Program};

use super::Git;

const SECOND: Duration = Duration::from_secs(1);

fn hour() -> Lab {
    Lab::new().when(|_| true, Script::new().wait(SECOND * 3600).then_exit(0))
}

#[track_caller]
fn took(lab: &Lab, cx: &Cx) -> Duration {
    let error = cx.run(Git::cmd()).wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let _ = lab;
    error.outcome().unwrap().duration()
}

#[test]
fn a_limit_of_no_time_is_refused_before_anything_starts() {
    let lab = hour();
    let error = lab.cx().with_timeout(Duration::ZERO).run(Git::cmd()).wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidLimit);
    assert_eq!(error.to_string(), "cannot run `git`: a limit cannot be kept: the timeout is zero");
    assert!(lab.ran().is_empty());
}

#[test]
fn a_limit_that_never_comes_is_none() {
    let lab = Lab::new().when(|_| true, Script::exit(0));
    assert!(lab.cx().with_timeout(Duration::MAX).run(Git::cmd()).wait().is_ok());
}

#[test]
fn a_derived_context_keeps_the_limit_or_replaces_it() {
    let lab = hour();
    let cx = lab.cx().with_timeout(SECOND * 10);
    let kept = cx.clone().with_env("A", "1");
    assert!(took(&lab, &kept) < SECOND * 20);
    let replaced = cx.with_timeout(SECOND * 60);
    let took = took(&lab, &replaced);
    assert!(took >= SECOND * 60 && took < SECOND * 70, "{took:?}");
}
