//! What an event shows of a command, and that no secret is in any.

use std::path::Path;
use std::sync::{Arc, Mutex};

use cuprum::event::Event;
use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::{Invocation, Secret, Tag, Tags, TraceContext, VarChange};
use cuprum::{Command, Cx, Program, Tier};
use cuprum_tests::Recorded;

use super::{probe, world};

#[derive(Debug, Program)]
#[program(name = "deploy", project = "rollout", separator = "--")]
struct Deploy;

#[derive(Debug, Command)]
#[command(program = Deploy, subcommand = "push", tier = destructive, output = String)]
struct Push {
    #[arg(secret)]
    token: Secret<String>,
    #[arg(env = "DEPLOY_KEY", secret)]
    key: Option<Secret<String>>,
    #[arg(positional)]
    site: String,
    #[arg(stdin)]
    manifest: Option<Vec<u8>>,
}

const SECRET: &str = "hunter2-hunter2";

/// Returns all that an event can say, and all that its invocation can.
fn everything(event: &Event) -> String {
    let invocation = event.invocation().unwrap();
    let values: Vec<_> = invocation.values().collect();
    let lines = match event.kind() {
        cuprum::event::EventKind::Lines(lines) => String::from_utf8_lossy(lines.text()).into_owned(),
        _ => String::new(),
    };
    format!("{event:?} {invocation} {invocation:?} {values:?} {:?} {lines}", invocation.words())
}

#[test]
fn no_secret_of_an_argument_a_variable_or_the_input_is_in_any_event_or_hook() {
    // It prints what it was given, cut in two by reads.
    let (one, other) = SECRET.split_at(7);
    let script = Script::new()
        .print(format!("token {one}"))
        .wait(std::time::Duration::from_secs(1))
        .print(format!("{other} done\n"))
        .stderr(format!("fatal: {SECRET} is wrong"))
        .then_exit(1);
    let lab = Lab::new().on::<Push>(script);
    let recorded = Recorded::default();
    let hooked: Arc<Mutex<String>> = Arc::default();
    let (seen, told) = (Arc::clone(&hooked), Arc::clone(&hooked));
    let cx = lab.cx().with_observer(recorded.clone()).with_env("CONTEXT_KEY", Secret::new(SECRET));
    let cx = cx.with_before(move |invocation| {
        seen.lock()
            .unwrap()
            .push_str(&format!("{invocation:?} {:?}", invocation.values().collect::<Vec<_>>()));
        Ok(())
    });
    let cx = cx.with_after(move |invocation, _| told.lock().unwrap().push_str(&invocation.command_line()));
    let push = Push::new(SECRET, format!("https://user:{SECRET}@example.org")).key(SECRET);
    let push = push.manifest(format!("key = {SECRET}").into_bytes()).env("PLAIN", format!("key={SECRET}"));
    lab.run(async { cx.run(push).await.unwrap_err() });
    let events = recorded.events();
    assert_eq!(events.len(), 6, "{:?}", recorded.shown());
    for event in &events {
        let text = everything(event);
        assert!(!text.contains("hunter2"), "{text}");
    }
    assert_eq!(
        events[0].invocation().unwrap().command_line(),
        "deploy push '--token=***' -- 'https://user:***@example.org'"
    );
    assert!(
        recorded.shown().contains(&"0.0 lines stdout token *** done".to_owned()),
        "{:?}",
        recorded.shown()
    );
    let hooked = hooked.lock().unwrap();
    assert!(hooked.contains("deploy push") && !hooked.contains("hunter2"), "{hooked}");
}

#[test]
fn an_invocation_says_what_runs_where_and_with_which_changes() {
    let lab = Lab::new().on::<Push>(Script::new());
    let recorded = Recorded::default();
    let cx = lab.cx().with_observer(recorded.clone()).with_env("A", "1").with_env("B", "2");
    lab.run(async {
        let push = Push::new("x", "north").env("B", "3").env_remove("C").in_dir("/srv");
        cx.run(push).await.unwrap();
    });
    let events = recorded.events();
    let invocation: &Invocation = events[0].invocation().unwrap();
    assert_eq!((invocation.program(), invocation.project()), ("deploy", Some("rollout")));
    assert_eq!(invocation.file(), Some(Path::new("/lab/bin/deploy")));
    assert_eq!(invocation.dir(), Some(Path::new("/srv")));
    assert_eq!(invocation.tier(), Tier::Destructive);
    assert_eq!((invocation.stage(), invocation.stages(), invocation.inherits()), (0, 1, true));
    // The overlay only, never the whole environment.
    let changes: Vec<_> =
        invocation.changes().map(|(name, change)| (name.to_str().unwrap().to_owned(), change)).collect();
    let expected = [("A", VarChange::Set), ("B", VarChange::Set), ("C", VarChange::Removed)]
        .map(|(name, change)| (name.to_owned(), change));
    assert_eq!(changes, expected);
    let values: Vec<_> = invocation.values().map(|(_, value)| value.to_str().unwrap()).collect();
    assert_eq!(values, ["1", "3"]);
    assert!(!format!("{:?}", events[0]).contains("\"3\""), "values are shown only where they are asked for");
}

/// Returns the tags as text.
fn tags(event: &Event) -> String {
    let tags: &Tags = event.invocation().unwrap().tags();
    tags.to_string()
}

#[test]
fn tags_of_a_caller_win_over_all_others() {
    let (lab, cx, recorded) = world();
    let cx = cx.with_tag("team", "ops").with_tag("ticket", 7);
    lab.run(async {
        cx.run(probe(&[]).tag("team", "web")).await.unwrap();
        let first = probe(&["out", "x"]).tag("project", "mine").tag("pipeline_stage_index", 99);
        cx.run(first | probe(&["cat"]).tag("capture", "no".to_owned())).await.unwrap();
        cx.run(probe(&[]).tee().stderr(cuprum::spec::Stdio::Null)).await.unwrap();
    });
    let planned: Vec<_> =
        recorded.events().iter().filter(|event| event.kind().name() == "planned").map(tags).collect();
    assert_eq!(
        planned,
        [
            "project=cuprum-tests capture=true echo=false team=web ticket=7",
            "project=mine capture=true echo=false pipeline_stage_index=99 pipeline_stages=2 team=ops ticket=7",
            "project=cuprum-tests capture=no echo=false pipeline_stage_index=1 pipeline_stages=2 team=ops ticket=7",
            "project=cuprum-tests capture=true echo=true team=ops ticket=7",
        ]
    );
    // The stage itself is what it is, whatever its tags say.
    assert_eq!(recorded.events()[3].stage(), 0);
    assert_eq!(recorded.events()[0].invocation().unwrap().tags().get("ticket"), Some(&Tag::Number(7)));
}

#[test]
fn a_trace_goes_on_in_the_child_unless_somebody_has_said_otherwise() {
    let (lab, cx, recorded) = world();
    let asked: Arc<Mutex<Vec<u128>>> = Arc::default();
    let seen = Arc::clone(&asked);
    let cx = cx.with_traceparent(move |id, invocation| {
        seen.lock().unwrap().push(id.as_u128());
        Some(format!("00-{id}-000000000000000{}-01", invocation.stage()))
    });
    let show = || probe(&["env", "TRACEPARENT"]);
    let text = lab.run(async { cx.read(show()).await.unwrap() });
    let id = recorded.events()[0].id();
    assert_eq!(text, format!("00-{id}-0000000000000000-01"));
    let own = lab.run(async { cx.read(show().env("TRACEPARENT", "mine")).await.unwrap() });
    assert_eq!(own, "mine");
    let none = lab.run(async { cx.read(show().env_remove("TRACEPARENT")).await.unwrap() });
    assert_eq!(none, "<unset>");
    assert_eq!(*asked.lock().unwrap(), [id.as_u128()]);
    // Nobody need observe for it.
    let lab = super::scripted_lab();
    let cx = lab.cx().with_traceparent(|_, _| Some("given".to_owned()));
    assert_eq!(lab.run(async { cx.read(show()).await.unwrap() }), "given");
}

#[test]
fn the_state_of_a_trace_goes_with_it_and_that_of_another_one_does_not() {
    let lab = super::scripted_lab();
    let given = |cx: &Cx, command| {
        lab.run(async { cx.run(command).await.unwrap() });
        let ran = lab.ran();
        let change = ran[ran.len() - 1].environment.change_of("TRACESTATE".as_ref());
        change.map(|value| value.unwrap_or("<removed>".as_ref()).to_str().unwrap().to_owned())
    };
    let with = |state: Option<&'static str>| {
        lab.cx().with_traceparent(move |_, _| Some(TraceContext::new("new").with_state(state?)))
    };
    let check =
        |cx: &Cx, command, expected: Option<&str>| assert_eq!(given(cx, command).as_deref(), expected);
    check(&with(Some("new=2")), probe(&[]), Some("new=2"));
    check(&with(Some("")), probe(&[]), Some("<removed>"));
    check(&with(Some("a\0b")), probe(&[]), Some("<removed>"));
    check(&lab.cx().with_traceparent(|_, _| Some("new")), probe(&[]), Some("<removed>"));
    // Where no trace is given, or one of the caller's own, what is inherited belongs to it.
    check(&with(None), probe(&[]), None);
    check(&with(Some("new=2")), probe(&[]).env("TRACEPARENT", "mine"), None);
    check(&with(Some("new=2")), probe(&[]).env("TRACESTATE", "mine=3"), Some("mine=3"));
    check(&with(Some("new=2")).with_env_clear(), probe(&[]), Some("new=2"));
}
