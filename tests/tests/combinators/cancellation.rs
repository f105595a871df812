//! Why a command was cancelled, as its error says it.

use cuprum::lab::Script;
use cuprum::outcome::{CancelKind, Cancellation};
use cuprum::prelude::*;
use cuprum::spec::CancelToken;
use cuprum::{ErrorKind, concurrent};

use super::{Ask, SECOND, after, ask, fails_after, lab};

#[test]
fn the_error_of_a_cancelled_command_says_why() {
    let token = CancelToken::new();
    let lab = lab([("a", after(9, "a"))]);
    let error = lab.run(async {
        let cancel = async {
            lab.sleep(SECOND).await;
            token.cancel_because(Cancellation::new(CancelKind::Shutdown).message("the terminal was closed"));
            token.cancel();
        };
        tokio::join!(Ask::new("a").cancelled_by(&token).run(), cancel).0.unwrap_err()
    });
    assert_eq!(error.cancellation().unwrap().kind(), CancelKind::Shutdown);
    assert!(
        error.to_string().contains("was cancelled (the program ends: the terminal was closed); "),
        "{error}"
    );
    let again = lab.run(Ask::new("a").cancelled_by(&token).run()).unwrap_err();
    assert_eq!((again.kind(), again.cancellation()), (ErrorKind::Cancelled, error.cancellation()));
}

#[test]
fn a_token_that_is_only_used_says_nothing_more() {
    let token = CancelToken::new();
    token.cancel();
    let lab = lab([("a", Script::exit(0))]);
    let error = lab.run(Ask::new("a").cancelled_by(&token).run()).unwrap_err();
    assert_eq!(error.cancellation(), Some(&Cancellation::default()));
    assert_eq!(error.to_string(), "cannot run `query a`: was cancelled");
}

#[test]
fn those_that_a_batch_stops_say_which_failure_it_was() {
    let lab = lab([("a", after(9, "a")), ("b", fails_after(1, 3))]);
    let results = lab.run(concurrent(ask(["a", "b"])).fail_fast().results()).unwrap();
    let why = results.slots()[0].error().unwrap().cancellation().unwrap();
    assert_eq!((why.kind(), why.text()), (CancelKind::FailFast, Some("command 1: failed")));
}
