//! Which events there are, and in which order.

use cuprum::prelude::*;

use super::{probe, world};

#[test]
fn one_command_is_planned_started_read_and_has_one_end() {
    let (lab, cx, recorded) = world();
    lab.run(async {
        let run = probe(&["out", "a\nb\n", "cat", "out", "d"]).stdin("héllo\n");
        cx.run(run).await.unwrap();
    });
    assert_eq!(
        recorded.shown(),
        [
            "0.0 planned",
            "0.0 started",
            "0.0 stdin 7",
            "0.0 lines stdout a|b",
            "0.0 lines stdout héllo",
            "0.0 lines stdout d",
            "0.0 exited exit status 0 12/4 0/0",
        ]
    );
}
