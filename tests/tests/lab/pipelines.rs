//! Pipelines where the time matters, and what goes wrong in the middle of one.

use std::sync::Mutex;

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::{Budget, Capture, Mode, Pump};
use cuprum::{ErrorKind, ExitStatus};

use crate::{SECOND, probe};

/// More than the pipes between two stages hold, also where the parent is between.
const MUCH: usize = 1 << 20;

#[test]
fn a_writer_waits_for_a_slow_reader() {
    for observed in [false, true] {
        let lab = Lab::new()
            .on_words(["probe", "much"], Script::stdout(vec![b'x'; MUCH]))
            .on_words(["probe", "slow"], Script::new().wait(5 * SECOND).copy());
        let first = probe(&["much"]);
        let first = if observed { first.stdout(Capture::nothing()) } else { first };
        let outcome = lab.run((first | probe(&["slow"])).output()).unwrap();
        assert_eq!(outcome.stdout().total(), MUCH as u64);
        assert!(lab.ran()[0].ended.unwrap() >= 5 * SECOND, "{observed}");
    }
}

#[test]
fn of_two_stages_that_fail_the_earlier_in_time_counts() {
    let lab = Lab::new()
        .on_words(["probe", "later"], Script::new().wait(3 * SECOND).then_exit(4))
        .on_words(["probe", "earlier"], Script::new().wait(SECOND).then_exit(6))
        .on_words(["probe", "copy"], Script::new().copy());
    let line = probe(&["later"]) | probe(&["earlier"]) | probe(&["copy"]);
    let outcome = lab.run(line.output()).unwrap();
    assert_eq!((outcome.failure_index(), lab.now()), (Some(1), SECOND));
    assert_eq!(outcome.failure().unwrap().status(), ExitStatus::Code(6));
    assert_eq!(outcome.stage(0).unwrap().status(), ExitStatus::Signal(15));
}

#[test]
fn each_stage_has_the_time_that_it_took_itself() {
    let lab = Lab::new()
        .on_words(["probe", "quick"], Script::new().wait(SECOND))
        .on_words(["probe", "slow"], Script::new().wait(3 * SECOND));
    let outcome = lab.run((probe(&["quick"]) | probe(&["slow"])).output()).unwrap();
    let times: Vec<_> = outcome.stages().map(|stage| stage.duration()).collect();
    assert_eq!((times, outcome.duration()), (vec![SECOND, 3 * SECOND], 3 * SECOND));
}

#[test]
fn where_all_stages_run_to_their_end_the_last_in_order_that_failed_is_the_failure() {
    let lab = Lab::new()
        .on_words(["probe", "3"], Script::new().wait(3 * SECOND).then_exit(3))
        .on_words(["probe", "4"], Script::new().wait(SECOND).then_exit(4))
        .on_words(["probe", "fine"], Script::new().read_all());
    let line = || probe(&["3"]) | probe(&["4"]) | probe(&["fine"]);
    let failure = |mode| lab.run(line().mode(mode).output()).unwrap().failure_index();
    assert_eq!(
        (failure(Mode::PipeFail), failure(Mode::FailFast), failure(Mode::Last)),
        (Some(1), Some(1), None)
    );
}

#[test]
fn what_is_observed_between_stages_counts_for_the_limits_of_the_pipeline() {
    let ticks = || Script::new().repeat(5, Script::stdout("tick\n").wait(SECOND));
    let lab = Lab::new()
        .on_words(["probe", "ticks"], ticks())
        .on_words(["probe", "quiet"], Script::new().read_all());
    for pump in [Pump::Splice, Pump::Copy] {
        for capture in [Capture::nothing(), Capture::all()] {
            let line = || (probe(&["ticks"]).stdout(capture.clone()) | probe(&["quiet"])).pump(pump);
            lab.run(line().idle_timeout(3 * SECOND / 2).run()).unwrap();
            let budget = |output| Budget { output: Some(output), time: None };
            lab.run(line().budget(budget(25)).run()).unwrap();
            let error = lab.run(line().budget(budget(24)).run()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::OutputLimit);
        }
    }
    // What nobody looks at is nobody's.
    let line = probe(&["ticks"]) | probe(&["quiet"]);
    let error = lab.run(line.idle_timeout(3 * SECOND / 2).run()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::IdleTimeout);
}

#[test]
fn what_is_set_for_a_pipeline_holds_for_each_stage() {
    let lab = Lab::new().when(|_| true, Script::new().copy());
    let line = probe(&["a"]).env("OWN", "1").in_dir("/own") | probe(&["b"]) | probe(&["c"]);
    lab.run(line.env("ALL", "2").in_dir("/all").env_remove("GONE").run()).unwrap();
    for (at, ran) in lab.ran().iter().enumerate() {
        let value = |name: &str| ran.launch.environment.change_of(name.as_ref());
        assert_eq!(value("ALL").flatten(), Some("2".as_ref()));
        assert_eq!(value("GONE"), Some(None));
        assert_eq!(value("OWN").flatten(), (at == 0).then(|| "1".as_ref()));
        // What a stage says itself holds.
        assert_eq!(ran.launch.dir.as_deref(), Some(if at == 0 { "/own" } else { "/all" }.as_ref()));
    }
}

/// Every call at which the parent meets an edge fails in turn.
#[test]
fn what_fails_while_bytes_pass_is_the_error_of_the_run() {
    for pump in [Pump::Auto, Pump::Splice, Pump::Copy] {
        for capture in [Capture::nothing(), Capture::all()] {
            let lab = Lab::new()
                .on_words(["probe", "print"], Script::stdout("x").wait(SECOND).print("y"))
                .on_words(["probe", "copy"], Script::new().copy());
            let kinds = Mutex::new(Vec::new());
            lab.fail_everywhere(async |_| {
                let line = probe(&["print"]).stdout(capture.clone()) | probe(&["copy"]);
                let result = line.pump(pump).bytes().await;
                // A part is never taken for the whole, but where the reader says that it wants no more.
                let result = result.map(|bytes| bytes.len()).map_err(|error| error.kind());
                kinds.lock().unwrap().push(result);
            });
            let kinds = kinds.into_inner().unwrap();
            assert_eq!(kinds[0], Ok(2), "{pump}");
            assert!(
                kinds.contains(&Err(ErrorKind::Io)) && kinds.contains(&Err(ErrorKind::Spawn)),
                "{kinds:?}"
            );
        }
    }
}
