//! What a run gives and what stops it, as far as no kernel is needed to see it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use cuprum::backend::Signal;
use cuprum::lab::{Lab, Script};
use cuprum::outcome::CancelReason;
use cuprum::prelude::*;
use cuprum::spec::{Budget, CancelToken};
use cuprum::{Cx, ErrorKind, ExitStatus};
use cuprum_tests::scripted;

use crate::{SECOND, probe};

#[test]
fn an_exit_code_that_is_not_accepted_is_an_error_with_the_outcome() {
    scripted::lab().run(async {
        let error = probe(&["out", "kept", "err", "fatal: \u{1b}[31mno\nlast line", "exit", "3"])
            .run()
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Exit);
        assert_eq!(error.outcome().unwrap().stdout().bytes(), b"kept");
        let text = error.to_string();
        assert!(
            text.starts_with(
                "`probe out kept err $'fatal: \\033[31mno\\nlast line' exit 3` failed: exit status 3\n"
            ),
            "{text}"
        );
        assert!(text.ends_with("  fatal: \\u{1b}[31mno\n  last line"), "{text}");
    });
}

#[test]
fn accepted_codes_are_success_and_the_others_are_not() {
    scripted::lab().run(async {
        assert!(probe(&["exit", "1"]).accept([0, 1]).run().await.is_ok());
        assert_eq!(probe(&["exit", "0"]).accept([1]).run().await.unwrap_err().kind(), ErrorKind::Exit);
        assert_eq!(probe(&["exit", "7"]).code().await.unwrap(), 7);
    });
}

#[test]
fn a_signal_is_an_error_that_names_it() {
    scripted::lab().run(async {
        let error = probe(&["abort"]).run().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Signal);
        assert!(error.to_string().contains("killed by SIGABRT"), "{error}");
        assert_eq!(probe(&["abort"]).code().await.unwrap_err().kind(), ErrorKind::Signal);
    });
}

#[test]
fn an_outcome_can_be_looked_at_before_it_is_read() {
    scripted::lab().run(async {
        let seen = Arc::new(Mutex::new(None));
        let keep = seen.clone();
        let run = probe(&["exit", "3"])
            .run()
            .inspect(move |outcome| *keep.lock().unwrap() = Some(outcome.status()));
        assert_eq!(run.await.unwrap_err().kind(), ErrorKind::Exit);
        assert_eq!(*seen.lock().unwrap(), Some(ExitStatus::Code(3)));
    });
}

#[test]
fn a_program_that_complains_on_its_output_is_quoted() {
    scripted::lab().run(async {
        let error = probe(&["out", "nothing to do\n", "exit", "1"]).run().await.unwrap_err();
        assert!(error.to_string().ends_with("failed: exit status 1\n  nothing to do"), "{error}");
        assert!(format!("{error:?}").starts_with("Exit: `probe out"), "{error:?}");
    });
}

#[test]
fn a_lazy_run_takes_the_scope_that_first_polls_it() {
    scripted::lab().run(async {
        let run = probe(&["env", "X"]).read();
        assert_eq!(Cx::current().with_env("X", "scoped").scope(run).await.unwrap(), "scoped");
    });
}

#[test]
fn a_run_that_is_never_polled_starts_nothing() {
    let lab = scripted::lab();
    lab.run(async { drop(probe(&["out", "x"]).run()) });
    assert!(lab.ran().is_empty());
}

#[test]
fn a_command_that_prints_nothing_is_stopped() {
    scripted::lab().run(async {
        let error = probe(&["out", "a", "stay"]).idle_timeout(SECOND).run().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::IdleTimeout);
        let outcome = error.outcome().unwrap();
        assert_eq!(outcome.stdout().bytes(), b"a");
        assert_eq!(outcome.stopped().unwrap().reason, CancelReason::IdleTimeout(SECOND));
    });
}

#[test]
fn a_command_that_prints_too_much_is_stopped() {
    scripted::lab().run(async {
        let budget = Budget { output: Some(1000), time: None };
        let error = probe(&["spam", "out", "5000", "stay"]).budget(budget).run().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::OutputLimit);
        assert!(error.to_string().contains("printed more than 1000 bytes"), "{error}");
        let enough = Budget { output: Some(5000), time: None };
        assert_eq!(probe(&["spam", "out", "5000"]).budget(enough).run().await.unwrap().len(), 5000);
    });
}

#[test]
fn the_context_stops_what_does_not_limit_itself() {
    scripted::lab().run(async {
        let cx = Cx::current().with_timeout(SECOND);
        assert_eq!(cx.run(probe(&["stay"])).await.unwrap_err().kind(), ErrorKind::Timeout);
        let own = probe(&["out", "x"]).timeout(Duration::from_secs(600));
        assert_eq!(cx.run(own).await.unwrap(), b"x");
    });
}

#[test]
fn what_has_ended_is_not_reported_as_stopped() {
    scripted::lab().run(async {
        let token = CancelToken::new();
        let cancel = token.clone();
        let run = probe(&["out", "x"]).cancelled_by(&token).output().inspect(move |_| cancel.cancel());
        assert_eq!(run.await.unwrap().stopped(), None);
        assert!(token.is_cancelled());
    });
}

#[test]
fn a_handle_that_is_dropped_has_asked_the_command_to_end_by_then() {
    let lab = Lab::new().on_words(["probe", "x"], Script::new().hang());
    lab.run(async {
        let child = probe(&["x"]).spawn().await.unwrap();
        assert_eq!(lab.ran()[0].signals, []);
        drop(child);
        assert_eq!(lab.ran()[0].signals, [Signal::Term, Signal::Cont]);
    });
}
