//! Many runs of one scenario: the same seed gives the same run, and nothing is ever left.

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::{CancelToken, Capture, Leftovers, Pump, Stdin};
use cuprum::{ErrorKind, graph};

use crate::{SECOND, probe};

/// A world with commands of all kinds.
fn world() -> Lab {
    let copy = Script::new().copy();
    let noisy = Script::new().repeat(20, Script::stdout("some text\r\n").stderr("more\u{fffd}")).then_exit(3);
    let family =
        Script::stdout("a").fork(Script::new().ignore_term().wait(4 * SECOND).print("b")).wait(SECOND);
    Lab::new()
        .on_words(["probe", "copy"], copy)
        .on_words(["probe", "endless"], Script::new().forever(Script::stdout("y\n".repeat(9000))))
        .on_words(["probe", "first"], Script::new().copy_first(30_000))
        .on_words(["probe", "noisy"], noisy)
        .on_words(["probe", "family"], family)
        .on_words(["probe", "stubborn"], Script::stdout("x").ignore_term().hang())
        .on_words(["probe", "stopped"], Script::stdout("x").stop().print("y"))
        .on_words(["probe", "polite"], Script::new().on_term(Script::new().stderr("bye").wait(SECOND)).hang())
        .on_words(["probe", "busy"], Script::stdout("ok").refused_first([11, 26]))
        .on_words(["probe", "crash"], Script::stdout("half").then_signal(11))
}

/// Runs commands one after the other and beside each other, with limits, a token and drops.
async fn scenario(lab: Lab) {
    let token = CancelToken::new();
    let limited = |word| probe(&[word]).timeout(SECOND).grace(SECOND);
    let input = Stdin::Bytes(vec![b'i'; 100_000]);
    let first = async {
        let _ = probe(&["copy"]).stdin(input).timeout(2 * SECOND).cancelled_by(&lab.token()).run().await;
        let _ = limited("stubborn").run().await;
        let _ = probe(&["busy"]).run().await;
        let _ = (limited("family") | probe(&["copy"])).run().await;
        let counted = limited("family").stdout(Capture::nothing());
        let _ = (counted | probe(&["copy"]).stdout(Capture::new()) | probe(&["copy"])).run().await;
        let endless = probe(&["endless"]).stdout(Capture::new().head(9).tail(9));
        let _ = (endless | probe(&["first"])).pump(Pump::Splice).cancelled_by(&lab.token()).run().await;
    };
    let second = async {
        let _ = probe(&["noisy"]).output().await;
        let _ = limited("family").leftovers(Leftovers::Kill).run().await;
        let _ = graph(probe(&["crash"])).or(limited("stubborn")).or(probe(&["busy"])).run().await;
        let dropped = probe(&["polite"]).run();
        tokio::select! {
            biased;
            _ = dropped => {}
            () = lab.sleep(SECOND / 2) => {}
        }
    };
    let third = async {
        let _ = probe(&["stopped"]).cancelled_by(&token).idle_timeout(3 * SECOND).run().await;
        let _ = (probe(&["crash"]) | probe(&["stubborn"]) | probe(&["copy"])).timeout(4 * SECOND).run().await;
        let mut lines = probe(&["noisy"]).cancelled_by(&token).lines();
        while let Some(Ok(_)) = lines.next().await {}
    };
    let cancel = async {
        lab.sleep(SECOND).await;
        token.cancel();
    };
    tokio::join!(first, second, third, cancel);
}

#[test]
fn ten_thousand_seeds_leave_nothing() {
    world().explore(0..10_000).faults(60).cancels(60).run(scenario);
}

#[test]
fn the_same_seed_gives_the_same_moments_and_another_one_gives_others() {
    let moments = |seed| {
        let lab = world().seed(seed);
        lab.run(scenario(lab.clone()));
        lab.moments()
    };
    for _ in 0..100 {
        assert_eq!(moments(7), moments(7));
    }
    assert_ne!(moments(7), moments(8));
}

#[test]
fn one_command_can_be_dropped_wherever_it_waits() {
    let script =
        Script::stdout("a").fork(Script::new().ignore_term().wait(9 * SECOND)).wait(SECOND).print("b");
    let lab = Lab::new().when(|_| true, script);
    let places = lab.cancel_everywhere(|_| async {
        let _ = probe(&["x"]).stdin(Stdin::Bytes(vec![0; 200_000])).timeout(5 * SECOND).run().await;
    });
    assert!(places >= 4, "{places}");
    let places = world().cancel_everywhere(scenario);
    assert!(places >= 20, "{places}");
}

#[test]
fn a_token_can_be_cancelled_wherever_one_command_waits() {
    let lab = Lab::new().when(|_| true, Script::stdout("a").ignore_term().wait(9 * SECOND).print("b"));
    let kinds = std::sync::Mutex::new(Vec::new());
    let places = lab.cancel_everywhere(async |lab: Lab| {
        let result = probe(&["x"]).cancelled_by(&lab.token()).run().await;
        kinds.lock().unwrap().push(result.map_err(|error| error.kind()));
    });
    let cancelled = Err(ErrorKind::Cancelled);
    let kinds = kinds.into_inner().unwrap();
    // The first run is whole, and those that were dropped say nothing.
    assert_eq!(kinds.len(), 1 + places);
    assert!(
        kinds[0].is_ok() && kinds.iter().filter(|kind| **kind == cancelled).count() == places,
        "{kinds:?}"
    );
}

#[test]
fn every_call_of_one_command_can_fail() {
    let script = Script::new().read_all().print("a").wait(SECOND).ignore_term().hang();
    let lab = Lab::new().when(|_| true, script);
    let faults = lab.fail_everywhere(|_| async {
        let command = probe(&["x"]).in_dir("work").stdin(Stdin::Bytes(vec![0; 100_000])).timeout(5 * SECOND);
        assert!(command.run().await.is_err());
    });
    assert!(faults >= 20, "{faults}");
    assert!(world().fail_everywhere(scenario) > 100);
}

#[test]
fn a_failing_seed_is_printed_with_the_line_that_runs_it_again() {
    let lab = Lab::new().when(|_| true, Script::stdout("a").fork(Script::stdout("b")).print("c"));
    let scenario = |_| async {
        let text = probe(&["x"]).read().await.unwrap();
        assert_eq!(text, "acb");
    };
    let report = lab.explore(0..1000).try_run(scenario).unwrap_err();
    let seed = report.seed.unwrap();
    assert!(report.panic.as_ref().unwrap().contains("left: "), "{report}");
    let line = format!(
        "run it again: CUPRUM_LAB_SEED={seed} cargo test explore::a_failing_seed_is_printed_with_the_line_that_runs_it_again"
    );
    assert!(report.to_string().ends_with(&line), "{report}");
    let again = lab.explore(seed..seed + 1).try_run(scenario).unwrap_err();
    assert_eq!(again.moments, report.moments);
}

#[test]
fn an_unscripted_command_fails_a_run_even_where_its_error_is_taken() {
    let lab = Lab::new().when(|_| false, Script::new());
    let run = async { assert_eq!(probe(&["x"]).run().await.unwrap_err().kind(), ErrorKind::Unscripted) };
    let report = lab.try_run(run).unwrap_err();
    assert!(report.to_string().contains("there is no script for `probe x`"), "{report}");
}

#[test]
fn a_run_that_goes_wrong_panics_where_it_was_called() {
    static PLACE: std::sync::Mutex<Option<u32>> = std::sync::Mutex::new(None);
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let here = panic.location().filter(|place| place.file().ends_with("lab/explore.rs"));
        match here.filter(|_| {
            panic.payload().downcast_ref::<String>().is_some_and(|text| text.contains("stays behind"))
        }) {
            Some(place) => *PLACE.lock().unwrap() = Some(place.line()),
            None => before(panic),
        }
    }));
    let lab = Lab::new().when(|_| false, Script::new());
    let line = line!() + 1;
    let run = || lab.run(async { drop(probe(&["stays behind"]).run().await) });
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).is_err());
    assert_eq!(*PLACE.lock().unwrap(), Some(line));
}
