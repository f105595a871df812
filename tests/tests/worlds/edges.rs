//! What flows between stages is seen on its way, in either world and whichever way it is moved.

use std::sync::{Arc, Mutex};

use cuprum::outcome::PipelineOutcome;
use cuprum::spec::{Capture, Pump, Sink};
use cuprum::{Command, Program};
use proptest::prelude::*;

use super::*;

const PUMPS: [Pump; 3] = [Pump::Auto, Pump::Splice, Pump::Copy];

#[derive(Program)]
pub(super) struct Yes;

/// A program that has no end of its own.
#[derive(Command)]
#[command(program = Yes)]
pub(super) struct Forever {}

#[derive(Program)]
struct Head;

#[derive(Command)]
#[command(program = Head, output = String)]
struct First {
    #[arg(short)]
    c: u32,
}

/// What a sink was given.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<u8>>>);

impl Seen {
    fn sink(&self) -> Sink {
        let seen = Arc::clone(&self.0);
        Sink::call(move |chunk| seen.lock().unwrap().extend_from_slice(chunk))
    }

    fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap().clone()
    }
}

pub(super) fn stages(outcome: &PipelineOutcome) -> (Option<usize>, Vec<Outcome>) {
    (outcome.failure_index(), outcome.stages().map(timeless).collect())
}

/// A scenario whose bytes are moved in some way.
type Moved<T> = fn(World, Pump) -> Pin<Box<dyn Future<Output = T>>>;

/// Runs a scenario once for each way to move the bytes; all must give the same.
#[track_caller]
fn alike<T: PartialEq + Debug>(scenario: Moved<T>) -> T {
    let [auto, spliced, copied] = PUMPS.map(|pump| same_kinds(|world| scenario(world, pump)));
    assert_eq!(spliced, auto, "spliced");
    assert_eq!(copied, auto, "copied");
    auto
}

#[test]
fn a_copy_of_what_flows_between_stages_is_kept_and_given_to_sinks() {
    let (seen, outcome) = alike(|world, pump| {
        Box::pin(async move {
            let seen = Seen::default();
            let first = world.probe(&["out", "a\nb\n", "err", "e"]).stdout(Capture::new().tee(seen.sink()));
            let line = first | world.probe(&["cat", "out", "!"]).stdout(Capture::new().head(1).tail(1));
            let outcome = (line | world.probe(&["cat"])).pump(pump).output().await.unwrap();
            (seen.bytes(), stages(&outcome))
        })
    });
    assert_eq!(seen, b"a\nb\n");
    let [first, middle, last] = &outcome.1[..] else { panic!("{outcome:?}") };
    assert_eq!((first.stdout().bytes(), first.stderr().bytes()), (&b"a\nb\n"[..], &b"e"[..]));
    assert!(first.stdout().sinks()[0].is_complete() && first.stdout().sinks()[0].written() == 4);
    assert_eq!((middle.stdout().bytes(), middle.stdout().omitted()), (&b"a!"[..], 3));
    assert_eq!(last.stdout().bytes(), b"a\nb\n!");
}

#[test]
fn bytes_are_counted_where_nobody_looks_at_them() {
    let outcome = alike(|world, pump| {
        Box::pin(async move {
            let spam = world.probe(&["spam", "out", "1000003"]).stdout(Capture::nothing());
            stages(
                &(spam | world.probe(&["cat"]).stdout(Capture::nothing())).pump(pump).output().await.unwrap(),
            )
        })
    });
    for stage in &outcome.1 {
        assert_eq!((stage.stdout().total(), stage.stdout().kept()), (1_000_003, 0));
        assert!(!stage.stdout().is_elsewhere());
    }
}

#[test]
fn what_nobody_asked_for_is_not_observed() {
    let outcome = alike(|world, pump| {
        Box::pin(async move {
            let line = world.probe(&["out", "x"]) | world.probe(&["cat"]);
            stages(&line.pump(pump).output().await.unwrap())
        })
    });
    assert!(outcome.1[0].stdout().is_elsewhere() && outcome.1[0].stdout().total() == 0);
}

#[test]
fn a_reader_that_ends_early_ends_an_observed_writer_as_any_other() {
    let outcome = alike(|_, pump| {
        Box::pin(async move {
            let line = Forever::new().stdout(Capture::new().head(2).tail(0)) | First::new(5);
            let outcome = line.pump(pump).output().await.unwrap();
            let first = outcome.stage(0).unwrap();
            let kept = (first.status(), first.stdout().head().to_vec());
            (outcome.failure_index(), kept, outcome.stdout().bytes().to_vec())
        })
    });
    assert_eq!(outcome, (None, (ExitStatus::Signal(13), b"y\n".to_vec()), b"y\ny\ny".to_vec()));
    let counted = alike(|_, pump| {
        Box::pin(async move {
            let line = Forever::new().stdout(Capture::nothing()) | First::new(5);
            let outcome = line.pump(pump).output().await.unwrap();
            let first = outcome.stage(0).unwrap();
            (outcome.failure_index(), first.status(), first.stdout().total() >= 5)
        })
    });
    assert_eq!(counted, (None, ExitStatus::Signal(13), true));
}

#[test]
fn an_empty_stream_is_one_whose_end_is_seen() {
    let outcome = alike(|world, pump| {
        Box::pin(async move {
            let seen = Seen::default();
            let none = world.probe(&[]).stdout(Capture::nothing().tee(seen.sink()));
            let line = none | world.probe(&["cat", "out", "end"]).stdout(Capture::nothing());
            let outcome = (line | world.probe(&["cat"])).pump(pump).output().await.unwrap();
            (seen.bytes(), stages(&outcome))
        })
    });
    assert_eq!((outcome.0.len(), outcome.1.1[2].stdout().bytes()), (0, &b"end"[..]));
}

#[test]
fn a_merged_error_stream_is_seen_in_its_order() {
    let outcome = alike(|world, pump| {
        Box::pin(async move {
            let first = world.probe(&["out", "a", "err", "b", "out", "c"]).stderr(Stdio::Merged);
            let line = first.stdout(Capture::new()) | world.probe(&["cat"]);
            stages(&line.pump(pump).output().await.unwrap())
        })
    });
    assert_eq!(outcome.1[0].stdout().bytes(), b"abc");
    assert_eq!(outcome.1[1].stdout().bytes(), b"abc");
}

#[test]
fn what_passed_before_a_limit_is_kept() {
    let (kind, outcomes) = alike(|world, pump| {
        Box::pin(async move {
            let line = world.probe(&["out", "half", "stay"]).stdout(Capture::new()) | world.probe(&["cat"]);
            let error = line.pump(pump).timeout(SHORT).run().await.unwrap_err();
            (error.kind(), stages(error.stages().unwrap()))
        })
    });
    assert_eq!(kind, ErrorKind::Timeout);
    assert_eq!(outcomes.1[0].stdout().bytes(), b"half");
    assert_eq!(outcomes.1[1].stdout().bytes(), b"half");
}

#[test]
fn a_stage_that_fails_is_named_and_the_others_are_stopped() {
    let outcome = alike(|world, pump| {
        Box::pin(async move {
            let first = world.probe(&["out", "x", "stay"]).stdout(Capture::new());
            let line = first | world.probe(&["take", "1", "exit", "3"]).stdout(Capture::nothing());
            let outcome = (line | world.probe(&["cat"])).pump(pump).output().await.unwrap();
            // Whether the last one ends by itself, at the end of its input, or is stopped, is a race.
            let first = timeless(outcome.stage(0).unwrap());
            (outcome.failure_index(), outcome.failure().unwrap().status(), first)
        })
    });
    assert_eq!((outcome.0, outcome.1), (Some(1), ExitStatus::Code(3)));
    assert_eq!((outcome.2.status(), outcome.2.stdout().bytes()), (ExitStatus::Signal(15), &b"x"[..]));
}

#[test]
fn lines_of_observed_stages_come_with_their_stage() {
    let lines = alike(|world, pump| {
        Box::pin(async move {
            let first = world.probe(&["out", "a\r\nb", "err", "e0"]).stdout(Capture::nothing());
            let line = first | world.probe(&["cat", "out", "!"]) | world.probe(&["cat", "err", "e2"]);
            let mut lines = line.pump(pump).lines();
            let mut seen = Vec::new();
            while let Some(line) = lines.next().await {
                let line = line.unwrap();
                seen.push((line.stage, line.source, line.to_string()));
            }
            seen.sort_by_key(|(stage, source, _)| (*stage, format!("{source:?}")));
            seen
        })
    });
    let shown: Vec<String> = lines.iter().map(|(stage, _, line)| format!("{stage} {line}")).collect();
    assert_eq!(shown, ["0 e0", "0 a", "0 b", "2 e2", "2 a", "2 b!"]);
}

#[test]
fn a_sink_that_must_be_whole_and_is_not_fails_an_observed_stage() {
    let seen = alike(|world, pump| {
        Box::pin(async move {
            let broken = Sink::call(|_| panic!("no")).required();
            let line =
                world.probe(&["out", "x"]).stdout(Capture::nothing().tee(broken)) | world.probe(&["cat"]);
            let error = line.pump(pump).run().await.unwrap_err();
            (error.kind(), error.stage(), stages(error.stages().unwrap()))
        })
    });
    assert_eq!((seen.0, seen.1, seen.2.1[1].stdout().bytes()), (ErrorKind::Sink, Some(0), &b"x"[..]));
}

/// Whatever flows, in whatever pieces, each way to move it gives the same, and nothing is lost or changed.
fn flow(world: World, pump: Pump, input: Vec<u8>, head: usize) -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async move {
        let (seen, length) = (Seen::default(), input.len() as u64);
        let cat = || world.probe(&["cat"]);
        let first = cat().stdin(Stdin::Bytes(input.clone())).stdout(Capture::nothing());
        let second = cat().stdout(Capture::new().head(head).tail(7).tee(seen.sink()));
        let line =
            (first | second | cat().stdout(Capture::nothing()) | cat().stdout(Capture::all())).pump(pump);
        let outcome = line.output().await.unwrap();
        assert!(outcome.success());
        assert!(outcome.stages().all(|stage| stage.stdout().total() == length), "{pump}");
        assert!(outcome.stdout().bytes() == input && seen.bytes() == input, "{pump}");
        let kept = outcome.stage(1).unwrap().stdout();
        let (tail, from) = (kept.tail(), kept.tail().len());
        assert_eq!(kept.head(), &input[..head.min(input.len())]);
        assert_eq!(tail, &input[input.len() - from..]);
    })
}

/// Bytes of all kinds: none, few, many, with characters of several bytes.
fn payload() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        Just(Vec::new()),
        prop::collection::vec(any::<u8>(), 1..40),
        (any::<u8>(), 0..400_000_usize).prop_map(|(first, length)| {
            (0..length).map(|at| first.wrapping_add((at / 3 % 251) as u8)).collect()
        }),
        (1..90_000_usize).prop_map(|count| "a\u{e4}\u{2764}\u{1f9a6}\r\n".repeat(count / 4).into_bytes()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn each_way_gives_the_same_whatever_flows(input in payload(), head in 0..200_000_usize) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        for pump in PUMPS {
            let cx = Cx::new().with_backend(Os::new());
            runtime.block_on(cx.scope(flow(REAL, pump, input.clone(), head)));
            scripted::lab().run(flow(LAB, pump, input.clone(), head));
        }
    }

    #[test]
    fn each_way_gives_the_same_in_every_order(input in payload(), head in 0..200_000_usize, seed: u64) {
        for pump in PUMPS {
            scripted::lab().seed(seed).run(flow(LAB, pump, input.clone(), head));
        }
    }
}

#[test]
fn the_variable_chooses_where_nobody_else_does_and_a_wrong_word_is_refused() {
    let plan = |value: &str, pump: Option<Pump>, observed| {
        let lab = scripted::lab().var("CUPRUM_STREAM_BACKEND", value);
        let first = LAB.probe(&["out", "x"]);
        let first = if observed { first.stdout(Capture::new()) } else { first };
        let line = first | LAB.probe(&["cat"]);
        let line = match pump {
            Some(pump) => line.pump(pump),
            None => line,
        };
        lab.cx().scope_sync(|| line.plan()).map(|plan| plan.to_string())
    };
    let (out, cat) = ("env PATH=/lab/bin /lab/bin/probe out x", "env PATH=/lab/bin /lab/bin/probe cat");
    assert_eq!(plan("", None, true).unwrap(), format!("{out} | # copied: looked at\n{cat}"));
    let spliced = format!("{out} | # spliced: duplicated and looked at\n{cat}");
    assert_eq!(plan(" Splice\n", None, true).unwrap(), spliced);
    assert_eq!(plan("copy", Some(Pump::Splice), true).unwrap(), spliced);
    let error = plan("turbo", None, true).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidStream);
    let expected = "invalid CUPRUM_STREAM_BACKEND value `turbo`; expected one of: auto, copy, splice";
    assert!(error.to_string().contains(expected), "{error}");
    // Whoever needs no answer does not ask.
    assert_eq!(plan("turbo", None, false).unwrap(), format!("{out} | {cat}"));
    assert!(plan("turbo", Some(Pump::Auto), true).is_ok());
}

#[test]
fn a_pipeline_says_before_a_context_how_bytes_are_moved() {
    let line = || LAB.probe(&["out", "x"]).stdout(Capture::nothing()) | LAB.probe(&["cat"]);
    let cx = scripted::lab().cx().with_pump(Pump::Copy);
    assert!(cx.scope_sync(|| line().plan()).unwrap().to_string().contains("# copied"));
    let own = cx.scope_sync(|| line().pump(Pump::Splice).plan()).unwrap();
    assert!(own.to_string().contains(" | # spliced: counted\n"), "{own}");
}

#[test]
fn a_stage_before_the_last_prints_to_no_file_of_its_own() {
    let line = LAB.probe(&["out", "x"]).stdout(Stdio::Null) | LAB.probe(&["cat"]);
    let error = scripted::lab().cx().scope_sync(|| line.plan()).unwrap_err();
    assert!(error.to_string().contains("captured and copied, and go nowhere else"), "{error}");
}
