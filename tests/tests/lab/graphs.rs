//! Graphs where the time matters.

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::{ErrorKind, graph};

use crate::{SECOND, probe};

fn lab() -> Lab {
    Lab::new()
        .on_words(["probe", "3"], Script::new().wait(3 * SECOND))
        .on_words(["probe", "10"], Script::new().wait(10 * SECOND))
}

#[test]
fn what_the_steps_before_took_is_not_there_for_the_next_one() {
    let lab = lab();
    let error = lab.run(graph(probe(&["3"])).then(probe(&["10"])).timeout(5 * SECOND).run()).unwrap_err();
    assert_eq!((error.kind(), lab.now()), (ErrorKind::Timeout, 5 * SECOND));
    assert!(error.outcome().is_some());
}

#[test]
fn a_step_for_which_no_time_is_left_is_not_started() {
    let lab = lab();
    let clock = lab.clone();
    // What a hook takes after a step is no time of that step.
    let first = probe(&["3"]).after_async(move |_, _| {
        let clock = clock.clone();
        Box::pin(async move { clock.sleep(3 * SECOND).await })
    });
    let error = lab.run(graph(first).then(probe(&["10"])).timeout(5 * SECOND).run()).unwrap_err();
    assert_eq!((error.kind(), lab.now()), (ErrorKind::Timeout, 6 * SECOND));
    let text = error.to_string();
    assert!(text.ends_with("all steps together had 5s, and this one was not started"), "{text}");
    lab.assert_ran(["probe 3"]);
}
