//! Commands joined by pipes: what flows, what a failure is, and who is stopped.

use cuprum::outcome::PipelineOutcome;
use cuprum::spec::Capture;

use super::edges::{Forever, stages};
use super::*;

fn statuses(outcome: &PipelineOutcome) -> Vec<ExitStatus> {
    outcome.stages().map(Outcome::status).collect()
}

const EXITED: fn(i32) -> ExitStatus = ExitStatus::Code;
const KILLED: fn(i32) -> ExitStatus = ExitStatus::Signal;

#[test]
fn grouping_changes_nothing() {
    let seen = same(|world| {
        Box::pin(async move {
            let [a, b, c] = [
                world.probe(&["out", "x"]),
                world.probe(&["cat", "out", "y"]),
                world.probe(&["cat", "out", "z"]),
            ];
            let left = (a.clone() | b.clone()) | c.clone();
            let right = a.clone() | (b.clone() | c.clone());
            let texts = [left.to_string(), right.to_string()];
            let outcomes = [left.output().await, right.output().await, pipe![a, b, c].output().await]
                .map(Result::unwrap);
            (texts, outcomes.map(|outcome| stages(&outcome)))
        })
    });
    assert_eq!(seen.0[0], seen.0[1]);
    assert!(seen.1.iter().all(|outcome| outcome == &seen.1[0] && outcome.1[2].stdout().bytes() == b"xyz"));
}

#[test]
fn the_first_input_is_empty_and_can_be_set() {
    let seen = same(|world| {
        Box::pin(async move {
            let line = || world.probe(&["cat", "out", "."]) | world.probe(&["cat"]);
            let set = line().stdin(Stdin::Bytes(b"in".to_vec()));
            [stages(&line().output().await.unwrap()), stages(&set.output().await.unwrap())]
        })
    });
    assert_eq!(seen.each_ref().map(|outcome| outcome.1[1].stdout().bytes()), [&b"."[..], b"in."]);
}

#[test]
fn a_stage_before_the_last_that_fails_is_named() {
    let (stage, (kind, text, outcome)) = same_kinds(|world| {
        Box::pin(async move {
            let line = world.probe(&["err", "no\n", "exit", "3"]) | world.probe(&["cat"]);
            let error = line.run().await.unwrap_err();
            (error.stage(), known(&error))
        })
    });
    assert_eq!((kind, stage, outcome.unwrap().status()), (ErrorKind::Exit, Some(0), EXITED(3)));
    assert_eq!(
        text,
        "`probe err $'no\\n' exit 3`, stage 0 of `probe err $'no\\n' exit 3 | probe cat`, failed: exit status 3\n  no"
    );
}

#[test]
fn the_first_to_fail_in_time_stops_the_others() {
    let (failure, outcomes) = same(|world| {
        Box::pin(async move {
            let line = world.probe(&["stay"]) | world.probe(&["exit", "3"]) | world.probe(&["stay"]);
            stages(&line.output().await.unwrap())
        })
    });
    assert_eq!((failure, outcomes[1].status(), outcomes[1].stopped()), (Some(1), EXITED(3), None));
    for stage in [&outcomes[0], &outcomes[2]] {
        let stopped = stage.stopped().unwrap();
        assert_eq!(stage.status(), KILLED(15));
        assert_eq!((stopped.reason, stopped.forced), (CancelReason::StageFailed(1), false));
    }
}

#[test]
fn a_last_stage_that_fails_stops_those_before_it() {
    let (failure, statuses) = same(|world| {
        Box::pin(async move {
            let outcome = (world.probe(&["stay"]) | world.probe(&["exit", "5"])).output().await.unwrap();
            (outcome.failure_index(), statuses(&outcome))
        })
    });
    assert_eq!((failure, statuses), (Some(1), vec![KILLED(15), EXITED(5)]));
}

#[test]
fn a_stage_that_ignores_the_request_is_killed() {
    let (failure, stage) = same(|world| {
        Box::pin(async move {
            let deaf = world.probe(&["block-term", "out", "x", "stay"]);
            // The reader fails only when the other one is up and deaf.
            let line = deaf | world.probe(&["take", "1", "exit", "4"]);
            let outcome = line.grace(Duration::from_millis(50)).output().await.unwrap();
            (outcome.failure_index(), timeless(outcome.stage(0).unwrap()))
        })
    });
    assert_eq!((failure, stage.status(), stage.stopped().unwrap().forced), (Some(1), KILLED(9), true));
}

#[test]
fn only_the_last_stage_counts_in_that_mode() {
    let (failure, statuses, text, code) = same_kinds(|world| {
        Box::pin(async move {
            let line = world.probe(&["out", "x", "exit", "3"]) | world.probe(&["cat"]);
            let outcome = line.mode(Mode::Last).output().await.unwrap();
            let code = world.probe(&["exit", "3"]) | world.probe(&["cat", "exit", "4"]);
            let text = outcome.stdout().bytes().to_vec();
            let code = code.mode(Mode::Last).code().await.unwrap();
            (outcome.failure_index(), statuses(&outcome), text, code)
        })
    });
    assert_eq!((failure, statuses, code), (None, vec![EXITED(3), EXITED(0)], 4));
    assert_eq!(text, b"x");
}

#[test]
fn the_last_of_several_failures_counts_with_pipefail() {
    let (failure, status, text, code) = same_kinds(|world| {
        Box::pin(async move {
            let line = || {
                let line = world.probe(&["exit", "3"]) | world.probe(&["cat", "exit", "4"]);
                (line | world.probe(&["cat", "out", "z"])).mode(Mode::PipeFail)
            };
            let outcome = line().output().await.unwrap();
            let text = outcome.stdout().bytes().to_vec();
            (outcome.failure_index(), outcome.status(), text, line().code().await.unwrap())
        })
    });
    assert_eq!((failure, status, code), (Some(1), EXITED(4), 4));
    assert_eq!(text, b"z");
}

#[test]
fn the_standard_error_of_each_stage_is_its_own() {
    let kept = same(|world| {
        Box::pin(async move {
            let two = world.probe(&["err", "e1", "out", "p"]) | world.probe(&["cat", "err", "e2"]);
            let outcome = two.output().await.unwrap();
            outcome.stages().map(|stage| stage.stderr().bytes().to_vec()).collect::<Vec<_>>()
        })
    });
    assert_eq!(kept, [b"e1", b"e2"]);
}

#[test]
fn nothing_is_kept_where_nothing_is_captured() {
    let (_, outcomes) = same(|world| {
        Box::pin(async move {
            let first = world.probe(&["out", "a", "err", "b"]).stderr(Stdio::Null);
            let last = world.probe(&["cat", "err", "c"]).stdout(Stdio::Null).stderr(Capture::nothing());
            stages(&(first | last).output().await.unwrap())
        })
    });
    assert!(outcomes.iter().all(|stage| stage.stdout().kept() + stage.stderr().kept() == 0));
    assert_eq!((outcomes[0].stderr().is_elsewhere(), outcomes[1].stderr().total()), (true, 1));
}

#[test]
fn a_stage_in_the_middle_that_prints_many_errors_stalls_nothing() {
    let (_, outcomes) = same(|world| {
        Box::pin(async move {
            let middle = world.probe(&["spam", "err", "300000", "cat"]);
            let line = world.probe(&["out", "x"]) | middle | world.probe(&["cat"]);
            stages(&line.output().await.unwrap())
        })
    });
    assert_eq!((outcomes[2].stdout().bytes(), outcomes[1].stderr().total()), (&b"x"[..], 300_000));
}

#[test]
fn three_hundred_thousand_bytes_come_through_three_stages() {
    let bytes = same(|world| {
        Box::pin(async move {
            let input: Vec<u8> = (0..300_003_u32).map(|at| (at % 251) as u8).collect();
            let cat = || world.probe(&["cat"]);
            let line = cat().stdin(Stdin::Bytes(input.clone())) | cat() | cat();
            (line.bytes().await.unwrap() == input, input.len())
        })
    });
    assert_eq!(bytes, (true, 300_003));
}

#[test]
fn a_timeout_covers_the_whole_and_keeps_what_was_printed() {
    let (kind, stage, outcomes, text) = same_kinds(|world| {
        Box::pin(async move {
            let first = world.probe(&["out", "a", "err", "b", "stay"]);
            let two = first | world.probe(&["take", "1", "err", "c", "stay"]);
            // Of the limits of stages and of the whole the smallest holds.
            let line = two.timeout(Duration::from_secs(60)) | world.probe(&["cat"]).timeout(5 * SHORT);
            let error = line.run().await.unwrap_err();
            let two: Vec<_> = error.stages().unwrap().stages().take(2).map(timeless).collect();
            (error.kind(), error.stage(), two, error.to_string())
        })
    });
    assert_eq!((kind, stage), (ErrorKind::Timeout, None));
    assert!(outcomes.iter().all(|stage| stage.stopped().is_some()), "{outcomes:?}");
    assert_eq!(outcomes.iter().map(|stage| stage.stderr().bytes()).collect::<Vec<_>>(), [b"b", b"c"]);
    assert!(text.contains("| probe cat` failed: timed out after 1s"), "{text}");
}

#[test]
fn a_timeout_gets_out_of_a_pipeline_that_is_full() {
    let seen = same_kinds(|world| {
        Box::pin(async move {
            let mut seen = Vec::new();
            for observed in [false, true] {
                let first = Forever::new().stderr(Stdio::Null);
                let first = if observed { first.stdout(Capture::nothing()) } else { first };
                // Nobody reads what it prints, and nobody goes.
                let error = (first | world.probe(&["stay"])).timeout(SHORT).run().await.unwrap_err();
                seen.push((error.kind(), statuses(error.stages().unwrap())));
            }
            seen
        })
    });
    assert_eq!(seen, [(); 2].map(|()| (ErrorKind::Timeout, vec![KILLED(15), KILLED(15)])));
}

#[test]
fn lines_are_those_of_the_last_stage_and_all_standard_errors() {
    let lines = same(|world| {
        Box::pin(async move {
            let mut lines = (world.probe(&["err", "e1\n", "out", "a\nb"]) | world.probe(&["cat"])).lines();
            let mut all = Vec::new();
            while let Some(line) = lines.next().await {
                let line = line.unwrap();
                all.push((line.stage, line.to_string()));
            }
            all.sort();
            all
        })
    });
    assert_eq!(lines, [(0, "e1".to_owned()), (1, "a".to_owned()), (1, "b".to_owned())]);
}

#[test]
fn a_stage_after_the_first_cannot_have_an_input_of_its_own() {
    let (kind, text, _) = same(|world| {
        Box::pin(async move {
            let inner = world.probe(&["cat"]).stdin(Stdin::Bytes(b"x".to_vec()));
            known(&(world.probe(&["out", "y"]) | inner).run().await.unwrap_err())
        })
    });
    assert_eq!(kind, ErrorKind::InvalidStream);
    assert!(text.contains("stage 1 reads what the stage before it prints"), "{text}");
}
