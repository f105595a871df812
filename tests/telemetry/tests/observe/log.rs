//! Records and spans of `tracing`.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cuprum::context::Catalogue;
use cuprum::event::Delivery;
use cuprum::lab::{Lab, Script};
use cuprum::observe::Log;
use cuprum::prelude::*;
use cuprum::spec::Project;
use cuprum::{Cx, Program};
use tracing::Level;

use crate::scene::{Git, Head, Make, Told};

const EXEC: &str = "cuprum::exec";

fn lab() -> Lab {
    let script = Script::new().wait(Duration::from_millis(2)).print("one\nprogress: 3\n").stderr("two\n");
    Lab::new().on_program::<Git>(script).on_program::<Make>(Script::exit(3)).on_program::<Head>(Script::new())
}

#[test]
fn each_event_of_a_command_is_a_record() {
    let told = Told::during(Level::TRACE, || {
        let lab = lab();
        let cx = lab.cx().with_observer(Log::new()).with_tag("team", "ops");
        lab.run(async { cx.run(cmd!(Git, "log -n 5").in_dir("/srv")).await }).unwrap();
    });
    let records = told.records(EXEC);
    let phases: Vec<_> = records.iter().map(|record| (record.field("cuprum.phase"), record.level)).collect();
    assert_eq!(
        phases,
        [
            ("planned", Level::DEBUG),
            ("started", Level::INFO),
            ("lines", Level::DEBUG),
            ("lines", Level::DEBUG),
            ("exited", Level::INFO),
        ]
    );
    let planned = &records[0];
    assert_eq!(planned.message, "git planned");
    assert_eq!(planned.field("process.executable.name"), "git");
    assert_eq!(planned.field("process.command_args"), r#"["git", "log", "-n", "5"]"#);
    assert_eq!(planned.field("process.working_directory"), "/srv");
    assert_eq!(planned.field("cuprum.project"), "core-ops");
    assert!(planned.field("cuprum.tags").contains("team=ops"));
    assert!(!planned.fields.contains_key("process.pid"));
    let exited = records.last().unwrap();
    assert_eq!(exited.message, "git ended: exit status 0");
    assert_eq!(exited.field("process.exit.code"), "0");
    assert_eq!(exited.field("cuprum.duration_s"), "0.002");
    assert_eq!(exited.field("cuprum.stdout.bytes"), "16");
    assert_eq!(exited.field("cuprum.stderr.bytes"), "4");
    assert!(!exited.fields.contains_key("error.type"));
    let started = &records[1];
    assert_eq!(started.field("process.pid"), exited.field("process.pid"));
    let runs: Vec<_> = records.iter().map(|record| record.field("cuprum.run.id")).collect();
    assert!(runs.iter().all(|run| *run == runs[0]), "{runs:?}");
}

#[test]
fn a_stream_that_is_not_captured_has_no_length() {
    let told = Told::during(Level::INFO, || {
        let lab = lab();
        let cx = lab.cx().with_observer(Log::new());
        lab.run(async { cx.run(cmd!(Git, "log").stdout(cuprum::spec::Stdio::Null)).await }).unwrap();
    });
    let ended = told.records(EXEC).pop().unwrap();
    assert!(!ended.fields.contains_key("cuprum.stdout.bytes"), "{ended:?}");
    assert_eq!(ended.field("cuprum.stderr.bytes"), "4");
}

#[test]
fn a_record_is_one_line_whatever_a_command_has() {
    let told = Told::during(Level::TRACE, || {
        let lab = Lab::new().on_program::<Git>(Script::stdout("a\u{1b}[2Jb\n"));
        let refuse = |_: &cuprum::spec::Invocation| Err("no\nINFO forged".into());
        let cx = lab.cx().with_observer(Log::new());
        let odd = "x\ny";
        lab.run(async {
            cx.run(cmd!(Git, "log {odd}").in_dir("/srv/a\nb")).await.unwrap();
            cx.with_before(refuse).run(cmd!(Git, "log")).await.unwrap_err();
        });
    });
    let text: Vec<String> = told
        .records(EXEC)
        .into_iter()
        .flat_map(|record| record.fields.into_values().chain([record.message]))
        .chain(told.spans().into_iter().flat_map(|(_, fields)| fields.into_values()))
        .collect();
    assert!(text.iter().any(|text| text.contains("forged")) && text.iter().any(|text| text.contains("2Jb")));
    assert!(text.iter().all(|text| !text.contains(['\n', '\u{1b}'])), "{text:?}");
}

#[test]
fn the_fields_of_a_record_take_no_names_of_others() {
    let told = Told::during(Level::TRACE, || {
        let lab = lab();
        let cx = lab.cx().with_observer(Log::new());
        lab.run(async { drop(cx.run(cmd!(Git, "log") | cmd!(Make, "all")).await) });
    });
    for record in told.records(EXEC) {
        for name in record.fields.keys() {
            let known = ["cuprum.", "process.", "error.type", "log.iostream"];
            assert!(known.iter().any(|start| name.starts_with(start)), "{name}");
        }
    }
}

/// Returns the lines that a log has of a command: stream and text.
fn lines_in(log: Log) -> Vec<(String, String)> {
    lines_under(|cx| cx.with_observer(log))
}

fn lines_under(with: impl FnOnce(Cx) -> Cx) -> Vec<(String, String)> {
    let told = Told::during(Level::TRACE, || {
        let lab = lab();
        lab.run(async { with(lab.cx()).run(cmd!(Git, "log")).await }).unwrap();
    });
    let records = told.records(EXEC).into_iter().filter(|record| record.fields.contains_key("log.iostream"));
    let mut lines: Vec<_> =
        records.map(|record| (record.field("log.iostream").to_owned(), record.message.clone())).collect();
    lines.sort();
    lines
}

#[test]
fn lines_name_their_stream_and_noise_is_left_out() {
    let line = |stream: &str, text: &str| (stream.to_owned(), text.to_owned());
    let (one, two, progress) = (line("stdout", "one"), line("stderr", "two"), line("stdout", "progress: 3"));
    assert_eq!(lines_in(Log::new()), [two.clone(), one.clone()]);
    assert_eq!(lines_in(Log::new().without(|_, line| line == b"two")), std::slice::from_ref(&one));
    let all = Log::new().with_noise();
    assert_eq!(lines_in(all), [two.clone(), one, progress.clone()]);
    let project = Project::new("core-ops").with_noise(&["o?e"]);
    let own = Log::new().with_noise().without(move |_, line| project.is_noise(line));
    assert_eq!(lines_in(own), [two.clone(), progress]);
    const OPS: Project = Project::new("ops").with_programs(&[Git::SPEC]).with_noise(&["o?e"]);
    let listed =
        lines_under(|cx| cx.with_catalogue(Catalogue::new([OPS]).unwrap()).with_observer(Log::new()));
    assert_eq!(listed, [two], "by the rules of the project in the catalogue, too");
}

#[test]
fn what_is_off_is_not_even_looked_at() {
    let looked = Arc::new(AtomicUsize::new(0));
    let told = Told::during(Level::INFO, || {
        let lab = lab();
        let counted = Arc::clone(&looked);
        let is_noise = move |_: &_, _: &_| {
            counted.fetch_add(1, Ordering::Relaxed);
            false
        };
        let log = Log::new().planned(None).started(None).output(Level::DEBUG).without(is_noise);
        lab.run(async { lab.cx().with_observer(log).run(cmd!(Git, "log")).await }).unwrap();
    });
    assert_eq!(told.messages(EXEC), ["git ended: exit status 0"]);
    assert_eq!(looked.load(Ordering::Relaxed), 0);
}

#[test]
fn a_failure_has_its_class_and_its_level() {
    let told = Told::during(Level::TRACE, || {
        let lab = lab().on_words(["head", "slow"], Script::new());
        let cx = lab.cx().with_observer(Log::new().failed(Level::WARN));
        lab.run(async {
            cx.run(cmd!(Make, "all")).await.unwrap_err();
            cx.run(cmd!(Head, "-n 1")).await.unwrap();
        });
    });
    let ends: Vec<_> =
        told.records(EXEC).into_iter().filter(|record| record.message.contains("ended")).collect();
    assert_eq!(ends.iter().map(|end| end.level).collect::<Vec<_>>(), [Level::WARN, Level::INFO]);
    assert_eq!(ends[0].field("error.type"), "exit");
    assert_eq!(ends[0].field("process.exit.code"), "3");
    let spans = told.spans();
    let make = &spans[0].1;
    assert_eq!((make["error.type"].as_str(), make["otel.status_code"].as_str()), ("exit", "ERROR"));
    assert!(!spans[1].1.contains_key("otel.status_code"), "{spans:?}");
}

#[test]
fn equal_commands_at_once_have_their_own_durations() {
    let told = Told::during(Level::INFO, || {
        let scripts = [30, 10].map(|millis| Script::new().takes(Duration::from_millis(millis)));
        let lab = Lab::new().answer({
            let scripts = std::sync::Mutex::new(scripts.into_iter());
            move |_| scripts.lock().unwrap().next()
        });
        let cx = lab.cx().with_observer(Log::new());
        lab.run(async { cx.run(cuprum::concurrent([cmd!(Make, "all"), cmd!(Make, "all")])).await }).unwrap();
    });
    let records = told.records(EXEC);
    let ends = records.iter().filter(|record| record.message.contains("ended: "));
    let took: Vec<_> = ends.map(|end| (end.field("cuprum.duration_s"), end.field("cuprum.run.id"))).collect();
    assert_eq!([took[0].0, took[1].0], ["0.01", "0.03"]);
    assert_ne!(took[0].1, took[1].1);
}

#[test]
fn spans_lie_in_each_other_as_the_commands_do() {
    let told = Told::during(Level::TRACE, || {
        let lab = lab();
        let cx = lab.cx().with_observer(Log::new());
        let _mine = tracing::info_span!("mine").entered();
        lab.run(async {
            cx.run(cuprum::concurrent([cmd!(Git, "log") | cmd!(Head, "-n 1")])).await.unwrap();
        });
    });
    let records = told.records(EXEC);
    let started = records.iter().find(|record| record.message == "head started").unwrap();
    assert_eq!(started.spans, ["mine", "cuprum.group", "cuprum.pipeline", "cuprum.exec"]);
    assert_eq!(
        (started.field("cuprum.pipeline_stage_index"), started.field("cuprum.pipeline_stages")),
        ("1", "2")
    );
    let mut ended: Vec<_> = told.spans().into_iter().map(|(name, _)| name).collect();
    ended.sort();
    assert_eq!(ended, ["cuprum.exec", "cuprum.exec", "cuprum.group", "cuprum.pipeline", "mine"]);
}

#[test]
fn a_log_that_is_taken_back_says_nothing_more() {
    let told = Told::during(Level::INFO, || {
        let lab = lab();
        let cx = lab.cx();
        let registration = cx.register_observer(Log::new().without_spans());
        lab.run(async { cx.run(cmd!(Git, "log")).await }).unwrap();
        registration.detach();
        registration.detach();
        lab.run(async { cx.run(cmd!(Git, "log")).await }).unwrap();
    });
    assert_eq!(told.messages(EXEC), ["git started", "git ended: exit status 0"]);
    assert!(told.spans().is_empty() && told.records(EXEC).iter().all(|record| record.spans.is_empty()));
}

#[test]
fn a_command_that_is_dropped_leaves_no_span_open() {
    let told = Told::during(Level::INFO, || {
        let lab = Lab::new().on_program::<Git>(Script::new().hang());
        let cx = lab.cx().with_observer(Log::new());
        lab.run(async {
            let run = cx.run(cmd!(Git, "gc")).into_future();
            tokio::select! { biased; _ = run => {}, () = std::future::ready(()) => {} }
        });
    });
    let messages = told.messages(EXEC);
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(messages[1].contains("ended: killed by SIGTERM"), "{messages:?}");
    assert_eq!(told.spans().len(), 1);
}

#[test]
fn a_program_that_cannot_be_started_has_an_end() {
    let told = Told::during(Level::INFO, || {
        let lab = Lab::new().allow_unscripted();
        let cx = lab.cx().with_observer(Log::new());
        lab.run(async { cx.run(cmd!(Git, "gc")).await.unwrap_err() });
    });
    let records = told.records(EXEC);
    assert_eq!(records.len(), 1, "{records:?}");
    assert!(records[0].message.starts_with("git not started: "), "{records:?}");
    assert_eq!(records[0].field("error.type"), "unscripted");
    assert_eq!(told.spans()[0].1["error.type"], "unscripted");
}

#[test]
fn a_queue_keeps_a_slow_log_away_from_the_runs() {
    Told::during(Level::INFO, || {
        let lab = lab();
        let cx = lab.cx().with_observer(Log::new().with_delivery(Delivery::Queued(16)));
        lab.run(async { cx.run(cmd!(Git, "log")).await }).unwrap();
        let delivered = cx.flush_observers(Duration::from_secs(60));
        assert!(delivered[0].is_complete() && delivered[0].events >= 3, "{delivered:?}");
    });
}
