//! What is told through `tracing` of refusals and of programs that are permitted later.

use std::fmt;
use std::sync::{Arc, LazyLock, Mutex};

use cuprum::Program;
use cuprum::context::Catalogue;
use cuprum::event::EventKind;
use cuprum::observe::Collector;
use cuprum::prelude::*;
use cuprum::spec::{Project, Secret};
use cuprum_tests::recorded::what;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Dispatch, Event, Metadata};

use super::{Git, Rm, Tar, lab};

/// Keeps what is told on one target, as one text for each record.
#[derive(Clone)]
pub(super) struct Records {
    target: &'static str,
    told: Arc<Mutex<Vec<String>>>,
}

impl Records {
    pub(super) fn of(target: &'static str) -> Self {
        // While there is one subscriber only, `tracing` asks whichever thread comes first to a place in the code
        // whether anybody listens there; here, tests without a subscriber come there, too.
        static ANOTHER: LazyLock<Dispatch> =
            LazyLock::new(|| Dispatch::new(Records { target: "", told: Arc::default() }));
        LazyLock::force(&ANOTHER);
        Self { target, told: Arc::default() }
    }

    pub(super) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.told.lock().unwrap())
    }
}

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        // Lines of this file move.
        let value = if field.name() == "place" { "…".to_owned() } else { format!("{value:?}") };
        self.0 += &format!(" {}={value}", field.name());
    }
}

impl tracing::Subscriber for Records {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == self.target
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        let mut text = Text(event.metadata().level().to_string());
        event.record(&mut text);
        self.told.lock().unwrap().push(text.0);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_refusal_is_one_warning_and_leaves_no_other_trace() {
    let records = Records::of("cuprum::context");
    let _guard = tracing::subscriber::set_default(records.clone());
    let lab = lab();
    let cx = lab.cx().narrow_to([Git::SPEC]);
    cx.run(Git::cmd()).await.unwrap();
    assert!(cx.run(Rm::cmd().timeout(std::time::Duration::ZERO)).await.is_err());
    let expected =
        "WARN message=program denied: this context permits git program=\"rm\" layer=context".to_owned();
    assert_eq!(records.take(), [expected]);
    assert_eq!(lab.ran().len(), 1);
}

#[tokio::test]
async fn a_program_that_is_permitted_later_is_told() {
    let records = Records::of("cuprum::context");
    let _guard = tracing::subscriber::set_default(records.clone());
    let cx = lab().cx().narrow_to([Git::SPEC]);
    let cx = cx.allow([Git::SPEC, Rm::SPEC]).unwrap();
    cx.run(Rm::cmd()).await.unwrap();
    let expected = "INFO message=program allowed program=\"rm\" place=…".to_owned();
    assert_eq!(records.take(), [expected], "git was permitted before");
}

#[test]
fn observers_are_told_of_each_program_that_was_not_permitted_before() {
    let told = Collector::new();
    let cx = lab().cx().with_observer(told.clone()).narrow_to([Git::SPEC]);
    let wide = cx.clone().allow([Git::SPEC, Rm::SPEC]).unwrap();
    let registration = cx.register_allow([Tar::SPEC, Rm::SPEC]).unwrap();
    assert!(cx.clone().allow(Rm::SPEC).is_ok(), "it is permitted already, which is not told again");
    drop(registration);
    let other = wide.with_allowlist([Tar::SPEC, Git::SPEC]).unwrap();
    // None of these permits anything that was not permitted.
    lab().cx().with_observer(told.clone()).allow(Git::SPEC).unwrap();
    other.narrow_to([Git::SPEC]).narrow_to([Git::SPEC]).allow([Git::SPEC, Rm::SPEC]).unwrap_err();
    let seen: Vec<_> = told.events().iter().map(|event| (event.sequence(), what(event))).collect();
    let seen: Vec<_> = seen.iter().map(|(number, what)| (*number, &**what)).collect();
    let expected = [
        (0, "widened rm by allow"),
        (0, "widened tar by register_allow"),
        (1, "widened rm by register_allow"),
        (0, "widened tar by with_allowlist"),
    ];
    assert_eq!(seen, expected);
    assert_eq!(told.runs().len(), 3, "each call has an id");
}

#[test]
fn observers_are_told_of_each_program_that_another_catalogue_permits() {
    const OPS: Project = Project::new("ops").with_programs(&[Git::SPEC]);
    const MORE: Project = Project::new("more").with_programs(&[Rm::SPEC, Tar::SPEC]);
    let told = Collector::new();
    let cx = lab().cx().with_observer(told.clone()).with_tag("team", "blue");
    let known = |projects: &[Project]| Catalogue::new(projects.iter().copied()).unwrap();
    let cx = cx.with_catalogue(known(&[OPS]));
    assert!(told.events().is_empty(), "the first one takes away");
    let line = line!() + 1;
    let wide = cx.clone().with_catalogue(known(&[MORE, OPS]));
    // What the lists of the context take away, no catalogue brings back.
    let narrow = cx.narrow_to([Git::SPEC, Tar::SPEC]).with_catalogue(known(&[MORE]));
    assert!(wide.permits(Rm::SPEC) && !narrow.permits(Rm::SPEC) && narrow.permits(Tar::SPEC));
    // Each of these takes away.
    drop(wide.with_catalogue(known(&[MORE])).with_catalogue(known(&[])));
    let seen: Vec<_> = told.events().iter().map(what).collect();
    assert_eq!(
        seen,
        ["widened rm by with_catalogue", "widened tar by with_catalogue", "widened tar by with_catalogue"]
    );
    let EventKind::Widened(widened) = told.events()[0].kind().clone() else { unreachable!() };
    assert_eq!((widened.place.file(), widened.place.line()), (file!(), line));
    assert_eq!(widened.tags.get("project").unwrap().to_string(), "more");
}

#[tokio::test]
async fn the_panic_of_an_after_hook_is_told_without_the_secrets_of_the_command_and_its_context() {
    let records = Records::of("cuprum::hook");
    let _guard = tracing::subscriber::set_default(records.clone());
    let cx = lab().cx().with_env("TOKEN", Secret::new("of the context"));
    let cx = cx.with_after(|_, _| panic!("of the command and of the context"));
    cx.run(Git::cmd().env("KEY", Secret::new("of the command"))).await.unwrap();
    let expected = "WARN message=an after hook has panicked program=\"git\" panic=\"*** and ***\"".to_owned();
    assert_eq!(records.take(), [expected]);
}
