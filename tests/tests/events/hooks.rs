//! Hooks: who is asked before a command, who is told after it, in which order, and what their failures do.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use cuprum::context::Registration;
use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::{Bulkhead, CancelToken, Finish, Invocation, NotRun, Refusal, SafeCmd};
use cuprum::{Cx, ErrorKind, ExitStatus, allowlist, concurrent};
use cuprum_tests::{Probe, Recorded};

use super::{probe, scripted_lab, world};

allowlist! { Nothing = []; }

/// What was called, in order. Clones are the same list.
#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, text: impl Into<String>) {
        self.0.lock().unwrap().push(text.into());
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }

    /// A before hook that writes this, and lets everything pass.
    fn before(
        &self,
        name: &'static str,
    ) -> impl Fn(&Invocation) -> Result<(), Refusal> + Send + Sync + 'static {
        let log = self.clone();
        move |_| {
            log.add(name);
            Ok(())
        }
    }

    /// An after hook that writes this.
    fn after(&self, name: &'static str) -> impl Fn(&Invocation, Finish<'_>) + Send + Sync + 'static {
        let log = self.clone();
        move |_, _| log.add(name)
    }

    /// An after hook that writes how it ended.
    fn ends(&self) -> impl Fn(&Invocation, Finish<'_>) + Send + Sync + 'static {
        let log = self.clone();
        move |invocation, finish| {
            let stage = invocation.stage();
            log.add(match finish {
                Finish::Ran(outcome) => format!("{stage} {}", outcome.status()),
                Finish::NotRun(NotRun { error, .. }) => format!("{stage} {error}"),
                _ => "unknown".to_owned(),
            });
        }
    }
}

#[test]
fn hooks_before_go_from_outer_to_inner_and_hooks_after_the_other_way() {
    let (lab, log) = (scripted_lab(), Log::default());
    let outer = lab.cx().with_before(log.before("b-outer")).with_after(log.after("a-outer-1"));
    let outer = outer.with_after(log.after("a-outer-2"));
    let inner = outer.clone().with_before(log.before("b-inner")).with_after(log.after("a-inner"));
    let before = inner.register_before(log.before("b-registered"));
    let after = inner.register_after(log.after("a-registered"));
    let command = || {
        let command = probe(&[]).before(log.before("b-command-1")).before(log.before("b-command-2"));
        command.after(log.after("a-command-1")).after(log.after("a-command-2"))
    };
    lab.run(async { inner.run(command()).await.unwrap() });
    assert_eq!(
        log.take(),
        [
            "b-outer",
            "b-inner",
            "b-registered",
            "b-command-1",
            "b-command-2",
            "a-command-2",
            "a-command-1",
            "a-registered",
            "a-inner",
            "a-outer-2",
            "a-outer-1",
        ]
    );
    // Each registration takes back its own hook, in any order, and twice is once.
    before.detach();
    before.detach();
    lab.run(async { inner.run(probe(&[])).await.unwrap() });
    assert_eq!(log.take(), ["b-outer", "b-inner", "a-registered", "a-inner", "a-outer-2", "a-outer-1"]);
    drop(after);
    lab.run(async { outer.run(probe(&[])).await.unwrap() });
    assert_eq!(log.take(), ["b-outer", "a-outer-2", "a-outer-1"]);
}

#[test]
fn events_and_hooks_of_one_run_have_one_order() {
    let (lab, log) = (scripted_lab(), Log::default());
    let told = log.clone();
    struct Inline(Log);
    impl cuprum::event::Observer for Inline {
        fn event(&self, event: &cuprum::event::Event) {
            self.0.add(format!("{} {}", event.kind().name(), event.stage()));
        }
        fn delivery(&self) -> cuprum::event::Delivery {
            cuprum::event::Delivery::Inline
        }
    }
    let stage = |log: &Log, name: &'static str| {
        let log = log.clone();
        move |invocation: &Invocation| log.add(format!("{name} {}", invocation.stage()))
    };
    let (before, after) = (stage(&log, "before"), stage(&log, "after"));
    let cx = lab.cx().with_observer(Inline(told)).with_before(move |invocation| {
        before(invocation);
        Ok(())
    });
    let cx = cx.with_after(move |invocation, _| after(invocation));
    lab.run(async { cx.run(probe(&["out", "x"]) | probe(&["cat"])).await.unwrap() });
    assert_eq!(
        log.take(),
        [
            "planned 0",
            "planned 1",
            "before 0",
            "before 1",
            "started 0",
            "started 1",
            "exited 0",
            "exited 1",
            "after 0",
            "after 1",
        ]
    );
}

#[test]
fn the_after_hook_sees_the_outcome_that_the_caller_gets() {
    let (lab, log) = (scripted_lab(), Log::default());
    let seen = log.clone();
    let cx = lab.cx().with_after(move |invocation, finish| {
        let outcome = finish.outcome().unwrap();
        let (line, text) = (invocation.command_line(), outcome.stdout().text_lossy());
        seen.add(format!("{line}: {} {text} {}", outcome.status(), outcome.pid()));
    });
    let outcome = lab.run(async { cx.output(probe(&["out", "x", "exit", "3"])).await.unwrap() });
    assert_eq!(log.take(), [format!("probe out x exit 3: exit status 3 x {}", outcome.pid())]);
}

#[test]
fn a_refusal_has_a_reason_and_nothing_is_started() {
    let (lab, cx, recorded) = world();
    let log = Log::default();
    let cx = cx.with_before(log.before("first")).with_before(|invocation| {
        match invocation.words().first().is_some_and(|word| word == "out") {
            true => Err("not on a Friday".into()),
            false => Ok(()),
        }
    });
    let cx = cx.with_before(log.before("last")).with_after(log.ends());
    lab.run(async {
        let error = cx.run(probe(&["out", "x"])).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Refused);
        assert_eq!(error.to_string(), "cannot run `probe out x`: was refused: not on a Friday");
    });
    assert!(lab.ran().is_empty());
    assert_eq!(log.take(), ["first", "0 refused"]);
    assert_eq!(recorded.shown(), ["0.0 planned", "0.0 refused by hook: not on a Friday"]);
}

#[test]
fn a_stage_that_is_refused_keeps_the_whole_pipeline_from_starting() {
    let (lab, cx, recorded) = world();
    let log = Log::default();
    let cx = cx.with_after(log.ends());
    lab.run(async {
        let line = probe(&["out", "x"]) | probe(&["cat"]).before(|_| Err(Refusal::new("no cats")));
        let error = cx.run(line).await.unwrap_err();
        assert_eq!((error.kind(), error.stage()), (ErrorKind::Refused, Some(1)));
    });
    assert!(lab.ran().is_empty());
    assert_eq!(recorded.shown()[2..], ["0.1 refused by hook: no cats", "0.0 not_started stage"]);
    assert_eq!(log.take(), ["0 stage", "1 refused"]);
}

#[test]
fn a_refusal_in_the_middle_of_a_batch_is_the_result_of_that_command_alone() {
    let (lab, cx, _) = world();
    let log = Log::default();
    let cx = cx.with_after(log.ends());
    lab.run(async {
        let refused = probe(&["out", "b"]).before(|_| Err("not this one".into()));
        let batch = concurrent([probe(&["out", "a"]), refused, probe(&["out", "c"])]).limit(1);
        let outcome = cx.output(batch).await.unwrap();
        let kinds: Vec<_> =
            outcome.slots().iter().map(|slot| slot.error().map(|error| error.kind())).collect();
        assert_eq!(kinds, [None, Some(ErrorKind::Refused), None]);
    });
    assert_eq!(log.take(), ["0 exit status 0", "0 refused", "0 exit status 0"]);
    assert_eq!(lab.ran().len(), 2);
}

#[test]
fn a_panic_in_a_before_hook_is_an_error_and_nothing_is_started() {
    let (lab, cx, recorded) = world();
    let log = Log::default();
    let cx = cx.with_before(|_| panic!("at the disco")).with_after(log.ends());
    lab.run(async {
        let error = cx.run(probe(&["out", "x"])).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Panicked);
        assert!(error.to_string().contains("at the disco"), "{error}");
    });
    assert!(lab.ran().is_empty());
    assert_eq!(recorded.shown(), ["0.0 planned", "0.0 not_started panicked"]);
    assert_eq!(log.take(), ["0 panicked"]);
}

#[test]
fn a_panic_in_an_after_hook_loses_nothing_and_the_others_are_called() {
    let (lab, log) = (scripted_lab(), Log::default());
    let cx = lab.cx().with_after(log.after("last")).with_after(|_, _| panic!("at the disco"));
    let cx = cx.with_after_async(|_, _| Box::pin(async { panic!("again") })).with_after(log.after("first"));
    let text = lab.run(async { cx.read(probe(&["out", "kept"])).await.unwrap() });
    assert_eq!(text, "kept");
    assert_eq!(log.take(), ["first", "last"]);
}

#[test]
fn after_hooks_are_called_however_a_command_ends() {
    let (lab, cx, _) = world();
    let (log, token) = (Log::default(), CancelToken::new());
    let cx = cx.with_after(log.ends());
    lab.run(async {
        cx.run(probe(&["exit", "2"])).await.unwrap_err();
        cx.run(probe(&["stay"]).timeout(Duration::from_secs(1))).await.unwrap_err();
        token.cancel();
        cx.run(probe(&["stay"]).cancelled_by(&token)).await.unwrap_err();
        cx.run(probe(&["a\0b"])).await.unwrap_err();
        let handle = cx.spawn(probe(&["stay"])).await.unwrap();
        handle.cancel();
        handle.output().await.unwrap_err();
    });
    assert_eq!(
        log.take(),
        [
            "0 exit status 2",
            "0 killed by SIGTERM",
            "0 cancelled",
            "0 invalid_argument",
            "0 killed by SIGTERM",
        ]
    );
    let recorded = Recorded::default();
    let lab = Lab::new().when(|_| true, Script::refused(2));
    let cx = lab.cx().with_observer(recorded.clone()).with_after(log.ends());
    lab.run(async { cx.run(probe(&[])).await.unwrap_err() });
    assert_eq!(log.take(), ["0 program_not_found"]);
}

#[test]
fn after_hooks_of_a_dropped_run_are_called_when_its_processes_are_gone() {
    let (lab, cx, recorded) = world();
    let log = Log::default();
    let (ends, kept) = (log.ends(), lab.clone());
    let cx = cx.with_after(move |invocation, finish| {
        assert!(kept.ran()[0].status.is_some(), "it is still there");
        ends(invocation, finish);
    });
    lab.run(async {
        let run = cx.run(probe(&["out", "up\n", "stay"]));
        tokio::select! {
            biased;
            _ = run => panic!("it has ended"),
            () = recorded.until("lines") => {}
        }
        assert_eq!(log.take(), [] as [String; 0]);
    });
    assert_eq!(log.take(), ["0 killed by SIGTERM"]);
    // One that was not started has its hooks called, too.
    let cx = lab.cx().with_before_async(|_| std::future::pending()).with_after(log.ends());
    lab.run(async {
        tokio::select! {
            biased;
            _ = cx.run(probe(&[])) => panic!("the hook does not end"),
            () = std::future::ready(()) => {}
        }
    });
    assert_eq!(log.take(), ["0 dropped"]);
}

#[test]
fn hooks_that_wait_are_waited_for_and_can_be_cancelled() {
    let (lab, log) = (scripted_lab(), Log::default());
    let (before, after) = (log.clone(), log.clone());
    let cx = lab.cx().with_before_async(move |invocation| {
        let log = before.clone();
        async move {
            tokio::task::yield_now().await;
            log.add(format!("before {invocation}"));
            Ok(())
        }
    });
    let cx = cx.with_after_async(move |invocation, finish| {
        let log = after.clone();
        Box::pin(async move {
            tokio::task::yield_now().await;
            let code = finish.outcome().and_then(|outcome| outcome.status().code());
            log.add(format!("after {invocation} {code:?}"));
        })
    });
    lab.run(async { cx.run(probe(&["out", "x"])).await.unwrap() });
    cx.run(probe(&["out", "y"])).wait().unwrap();
    assert_eq!(
        log.take(),
        [
            "before probe out x",
            "after probe out x Some(0)",
            "before probe out y",
            "after probe out y Some(0)"
        ]
    );
    let (lab, token) = (scripted_lab(), CancelToken::new());
    let cx = lab.cx().with_before_async(|_| std::future::pending());
    lab.run(async {
        let run = cx.run(probe(&[]).cancelled_by(&token));
        let (result, ()) = tokio::join!(run, async { token.cancel() });
        assert_eq!(result.unwrap_err().kind(), ErrorKind::Cancelled);
        let error = cx.run(probe(&[]).timeout(Duration::from_secs(1))).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
    });
    assert!(lab.ran().is_empty());
}

#[test]
fn the_hooks_of_a_run_and_its_command_share_one_limit_of_time() {
    const TENTH: Duration = Duration::from_millis(100);
    let lab = scripted_lab();
    let pause = |tenths: u32| {
        let lab = lab.clone();
        move |_: Arc<Invocation>| {
            let lab = lab.clone();
            async move {
                lab.sleep(tenths * TENTH).await;
                Ok(())
            }
        }
    };
    let took = |cx: &Cx, command: SafeCmd<Vec<u8>, Probe>| {
        lab.run(async {
            let begin = lab.now();
            let error = cx.run(command.timeout(10 * TENTH)).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Timeout);
            (lab.now() - begin, error.outcome().map(cuprum::Outcome::duration))
        })
    };
    let cx = lab.cx().with_before_async(pause(6));
    assert_eq!(took(&cx, probe(&["stay"])), (10 * TENTH, Some(4 * TENTH)));
    assert_eq!(took(&cx, probe(&["stay"]).before_async(pause(3))), (10 * TENTH, Some(TENTH)));
    let started = lab.ran().len();
    assert_eq!(took(&cx, probe(&[]).before_async(pause(6))), (10 * TENTH, None));
    // It counts while it waits for a place, too.
    let bulkhead = Bulkhead::new("narrow", 1);
    let held = lab.cx().run(probe(&["stay"]).limited_by(&bulkhead).timeout(20 * TENTH));
    let waits = async {
        let begin = lab.now();
        let error = cx.run(probe(&[]).limited_by(&bulkhead).timeout(10 * TENTH)).await.unwrap_err();
        assert_eq!((error.kind(), lab.now() - begin), (ErrorKind::Timeout, 10 * TENTH));
    };
    drop(lab.run(async { tokio::join!(held, waits) }));
    assert_eq!(lab.ran().len(), started + 1, "the one that holds the place");
}

#[tokio::test]
async fn a_hook_that_blocks_for_longer_than_the_run_may_take_starts_nothing() {
    let block = || {
        let (_keep, never) = std::sync::mpsc::channel::<()>();
        let _ = never.recv_timeout(Duration::from_millis(20));
    };
    let cx = Cx::new().with_before(move |_| {
        block();
        Ok(())
    });
    let short =
        || cuprum_tests::probe(env!("CARGO_BIN_EXE_probe"), [""; 0]).timeout(Duration::from_millis(1));
    let error = cx.run(short()).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome().is_none()), (ErrorKind::Timeout, true));
    let late = short().before(move |_| {
        block();
        Err("not today".into())
    });
    assert_eq!(Cx::new().run(late).await.unwrap_err().kind(), ErrorKind::Refused);
}

#[test]
fn hooks_are_taken_once_at_the_beginning_of_a_run() {
    let (lab, log) = (scripted_lab(), Log::default());
    let cx = lab.cx();
    let late: Arc<Mutex<Option<Registration>>> = Arc::default();
    let early = Arc::new(Mutex::new(Some(cx.register_after(log.after("early")))));
    let (context, slot, old, told) = (cx.clone(), Arc::clone(&late), Arc::clone(&early), log.clone());
    let _before = cx.register_before(move |_| {
        let after = told.after("late");
        slot.lock().unwrap().get_or_insert_with(|| context.register_after(after));
        drop(old.lock().unwrap().take());
        Ok(())
    });
    lab.run(async { cx.run(probe(&[])).await.unwrap() });
    assert_eq!(log.take(), ["early"]);
    lab.run(async { cx.run(probe(&[])).await.unwrap() });
    assert_eq!(log.take(), ["late"]);
    drop(late.lock().unwrap().take());
}

#[test]
fn the_context_decides_before_any_hook_is_asked() {
    let (lab, cx, _) = world();
    let log = Log::default();
    let cx: Cx<Nothing> = cx.with_before(log.before("asked")).with_after(log.after("told")).narrow();
    lab.run(cx.scope(async {
        let line = probe(&[]).before(log.before("asked"));
        assert_eq!(line.run().await.unwrap_err().kind(), ErrorKind::Forbidden);
    }));
    assert_eq!(log.take(), [] as [String; 0]);
}

#[test]
fn a_context_that_is_gone_keeps_nothing_from_the_runs_that_it_began() {
    let (lab, cx, recorded) = world();
    let log = Log::default();
    let cx = cx.with_after(log.ends());
    lab.run(async {
        let run = cx.run(probe(&["out", "x"]));
        drop(cx);
        run.await.unwrap();
    });
    assert_eq!(log.take(), ["0 exit status 0"]);
    assert_eq!(recorded.shown().len(), 4);
}

#[test]
fn hooks_of_real_processes_leave_none_behind_when_they_panic() {
    let exe = env!("CARGO_BIN_EXE_probe");
    let log = Log::default();
    let cx = Cx::new().with_after(log.ends()).with_after(|_, _| panic!("at the disco"));
    let outcome = cx.output(cuprum_tests::probe(exe, ["out", "x"])).wait().unwrap();
    assert_eq!(outcome.status(), ExitStatus::Code(0));
    let error =
        cx.run(cuprum_tests::probe(exe, ["out", "x"]).before(|_| panic!("before"))).wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Panicked);
    assert_eq!(log.take(), ["0 exit status 0", "0 panicked"]);
}
