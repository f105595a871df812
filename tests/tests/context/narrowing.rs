//! How a context comes to permit more or less.

use cuprum::context::Registration;
use cuprum::prelude::*;
use cuprum::spec::Layer;
use cuprum::{Cx, Error, Program, allowlist, unchecked};

use super::{Git, Rm, Tar, lab, runs};

allowlist! { Deploy = [Git, Tar]; }
allowlist! { Nothing = []; }

const NONE: [&str; 0] = [];

#[track_caller]
fn refusal<A>(cx: &Cx<A>) -> Error {
    cx.scope_sync(|| Rm::cmd().run().wait()).unwrap_err()
}

#[test]
fn a_context_permits_every_program_at_first() {
    assert_eq!(runs(&lab().cx()), ["git", "tar", "rm"]);
    assert!(Cx::new().permits(Rm::SPEC) && lab().cx().permits(Rm::SPEC));
}

#[test]
fn permits_says_what_a_run_would_do() {
    let cx = lab().cx().narrow_to(Deploy);
    assert!(cx.permits(Git::SPEC) && !cx.permits(Rm::SPEC));
    let cx = cx.narrow_to(Nothing);
    assert!(!cx.permits(Git::SPEC));
}

#[test]
fn a_changed_copy_leaves_the_context_as_it_was() {
    let cx = lab().cx();
    let narrow = cx.clone().narrow_to(Deploy);
    assert_eq!((runs(&cx).len(), runs(&narrow)), (3, vec!["git", "tar"]));
}

#[test]
fn a_change_of_something_else_keeps_the_list() {
    let cx = lab().cx().narrow_to(Deploy).with_env("A", "1");
    assert_eq!(runs(&cx), ["git", "tar"]);
}

#[test]
fn the_first_list_is_the_base() {
    assert_eq!(runs(&lab().cx().narrow_to(Deploy)), ["git", "tar"]);
}

#[test]
fn a_second_list_only_removes() {
    let cx = lab().cx().narrow_to([Git::SPEC]).narrow_to([Git::SPEC, Rm::SPEC]);
    assert_eq!(runs(&cx), ["git"]);
}

#[test]
fn narrowed_to_nothing_stays_nothing() {
    let cx = lab().cx().narrow_to([Git::SPEC]).narrow_to(Nothing).narrow_to([Git::SPEC]);
    assert_eq!(runs(&cx), NONE);
    let error = cx.clone().allow(Git::SPEC).unwrap_err();
    assert_eq!((error.program(), error.layer()), ("git", Layer::Context));
    assert_eq!(
        error.to_string(),
        "`git` cannot be permitted here: the context that this one was narrowed from does not permit it"
    );
    assert_eq!(runs(&lab().cx().narrow_to(Nothing)), NONE);
}

#[test]
fn two_lists_are_one_list_of_what_both_have() {
    let lists: [&[&_]; 5] = [
        &[],
        &[Git::SPEC],
        &[Git::SPEC, Tar::SPEC],
        &[Tar::SPEC, Rm::SPEC],
        &[Git::SPEC, Tar::SPEC, Rm::SPEC],
    ];
    for first in lists {
        for second in lists {
            let both: Vec<_> = first.iter().copied().filter(|program| second.contains(program)).collect();
            let twice = lab().cx().narrow_to(first).narrow_to(second);
            assert_eq!(runs(&twice), runs(&lab().cx().narrow_to(both)));
        }
    }
}

#[test]
fn a_list_can_take_the_place_of_another() {
    let cx = lab().cx().narrow_to([Git::SPEC]).with_allowlist([Tar::SPEC]).unwrap();
    assert_eq!(runs(&cx), ["tar"]);
    assert_eq!(runs(&cx.with_allowlist(Nothing).unwrap()), NONE);
    assert_eq!(runs(&lab().cx().with_allowlist(Nothing).unwrap()), NONE, "also where nothing was taken away");
    let beyond = lab().cx().narrow_to([Git::SPEC]).narrow_to([Git::SPEC]).with_allowlist([Rm::SPEC]);
    assert_eq!(beyond.unwrap_err().program(), "rm");
}

#[test]
fn one_program_can_be_added_and_taken_away() {
    let cx = lab().cx().narrow_to([Git::SPEC]).allow(Tar::SPEC).unwrap();
    assert_eq!(runs(&cx), ["git", "tar"]);
    assert_eq!(runs(&cx.without_program(Git::SPEC)), ["tar"]);
    let cx = lab().cx().with_allowlist([Git::SPEC]).unwrap().without_program(Git::SPEC);
    assert_eq!(runs(&cx), NONE);
    assert_eq!(runs(&lab().cx().without_program(Rm::SPEC)), ["git", "tar"]);
}

#[test]
fn the_refusal_says_what_is_permitted_and_what_to_do() {
    let error = refusal(&lab().cx().narrow_to(Deploy));
    assert_eq!(error.layer(), Some(Layer::Context));
    assert_eq!(
        error.to_string(),
        "cannot run `rm`: the program is not allowed here: this context permits git, tar\n\
         hint: narrow to a list that has it, or permit it, too: `Cx::allow`"
    );
    let error = refusal(&lab().cx().without_program(Rm::SPEC));
    assert!(error.to_string().contains("this context permits every program but rm\n"), "{error}");
    let error = refusal(&lab().cx().narrow_to(Deploy).narrow_to(Nothing));
    assert_eq!(
        error.to_string(),
        "cannot run `rm`: the program is not allowed here: this context permits no program\n\
         hint: the context that this one was narrowed from does not permit it: allow it there"
    );
}

#[test]
fn the_refusal_names_a_program_of_nearly_the_same_name_that_is_permitted() {
    let hint = |cx: &Cx, name: &str| {
        cx.run(unchecked::command(name)).wait().unwrap_err().hint().unwrap_or_default().to_owned()
    };
    let cx = lab().cx().narrow_to(Deploy).without_program(Tar::SPEC);
    let beyond = "the context that this one was narrowed from does not permit it: allow it there";
    assert_eq!(hint(&cx, "gti"), format!("did you mean `git`? if not, {beyond}"));
    assert_eq!(hint(&cx, "/usr/bin/gitt"), format!("did you mean `git`? if not, {beyond}"));
    // What is taken away is not what was meant.
    assert_eq!(hint(&cx, "tra"), beyond);
    assert_eq!(hint(&cx, "curl"), beyond);
}

#[test]
fn a_registration_adds_until_it_is_detached() {
    let cx = lab().cx().narrow_to([Git::SPEC]);
    let registration = cx.register_allow([Tar::SPEC, Rm::SPEC]).unwrap();
    assert_eq!(runs(&cx), ["git", "tar", "rm"]);
    registration.detach();
    assert_eq!(runs(&cx), ["git"]);
    registration.detach();
    assert_eq!(runs(&cx), ["git"], "a second time changes nothing");
    {
        let _until_here = cx.register_allow(Tar::SPEC).unwrap();
        assert_eq!(runs(&cx), ["git", "tar"]);
    }
    assert_eq!(runs(&cx), ["git"], "dropping it detaches");
    cx.register_allow(Tar::SPEC).unwrap().keep();
    assert_eq!(runs(&cx), ["git", "tar"]);
}

#[test]
fn a_registration_never_restricts() {
    let cx = lab().cx();
    let registration = cx.register_allow(Git::SPEC).unwrap();
    assert_eq!(runs(&cx), ["git", "tar", "rm"]);
    assert_eq!(runs(&cx.clone().allow(Git::SPEC).unwrap()), ["git", "tar", "rm"]);
    drop(registration);
    assert_eq!(runs(&cx), ["git", "tar", "rm"]);
    let nothing: [&cuprum::spec::ProgramSpec; 0] = [];
    assert_eq!(runs(&lab().cx().narrow_to(Deploy).allow(nothing).unwrap()), ["git", "tar"]);
}

#[test]
fn a_list_within_a_registration_is_what_both_have() {
    let cx = lab().cx().narrow_to([Git::SPEC]);
    let _registration = cx.register_allow(Tar::SPEC).unwrap();
    assert_eq!(runs(&cx.clone().narrow_to([Tar::SPEC, Rm::SPEC])), ["tar"]);
}

#[test]
fn registrations_are_detached_in_any_order() {
    let cx = lab().cx().narrow_to(Nothing);
    let [git, tar, rm]: [Registration; 3] =
        [Git::SPEC, Tar::SPEC, Rm::SPEC].map(|program| cx.register_allow(program).unwrap());
    git.detach();
    assert_eq!(runs(&cx), ["tar", "rm"], "the later ones stay");
    rm.detach();
    assert_eq!(runs(&cx), ["tar"], "and the earlier one does not come back");
    tar.detach();
    assert_eq!(runs(&cx), NONE);
}

#[test]
fn a_registration_is_detached_on_any_thread() {
    let cx = lab().cx().narrow_to([Git::SPEC]);
    let registration = cx.register_allow(Tar::SPEC).unwrap();
    std::thread::spawn(move || registration.detach()).join().unwrap();
    assert_eq!(runs(&cx), ["git"]);
}

#[test]
fn registrations_of_many_threads_at_once_take_back_their_own() {
    let cx = lab().cx().narrow_to([Git::SPEC]);
    std::thread::scope(|threads| {
        for program in [Tar::SPEC, Rm::SPEC, Tar::SPEC, Rm::SPEC] {
            let cx = &cx;
            threads.spawn(move || {
                for _ in 0..200 {
                    let registration = cx.register_allow(program).unwrap();
                    assert!(cx.permits(program));
                    drop(registration);
                }
            });
        }
    });
    assert_eq!(runs(&cx), ["git"]);
}

#[test]
fn a_registration_outlives_its_context_without_harm() {
    let cx = lab().cx().narrow_to([Git::SPEC]);
    let registration = cx.register_allow(Tar::SPEC).unwrap();
    drop(cx);
    registration.detach();
}

#[test]
fn a_registration_holds_in_clones_and_in_derived_contexts_and_not_the_other_way_round() {
    let outer = lab().cx().narrow_to([Git::SPEC]);
    let (clone, derived) = (outer.clone(), outer.clone().with_env("A", "1"));
    let _registration = outer.register_allow(Tar::SPEC).unwrap();
    assert_eq!((runs(&clone), runs(&derived)), (vec!["git", "tar"], vec!["git", "tar"]));
    let _inner = derived.register_allow(Rm::SPEC).unwrap();
    assert_eq!((runs(&outer), runs(&derived).len()), (vec!["git", "tar"], 3));
}

#[test]
fn every_way_to_run_several_commands_is_refused_before_the_first_starts() {
    let lab = lab();
    let cx = lab.cx().narrow_to(Deploy);
    let both = || [unchecked::command("git"), unchecked::command("rm")];
    let errors = cx.scope_sync(|| {
        [
            (Git::cmd() | Rm::cmd()).run().wait().unwrap_err(),
            cuprum::graph(Git::cmd()).and(Rm::cmd()).run().wait().unwrap_err(),
            cuprum::first_ok(both()).run().wait().unwrap_err(),
            cuprum::race(both()).run().wait().unwrap_err(),
            cuprum::race_ok(both()).run().wait().unwrap_err(),
            cuprum::quorum(1, both()).run().wait().unwrap_err(),
            cuprum::concurrent(both()).run().wait().unwrap_err(),
            cuprum::concurrent(both()).limit(1).output().wait().unwrap_err(),
        ]
    });
    let kinds = errors.map(|error| error.layer());
    assert_eq!(kinds, [Some(Layer::Context); 8]);
    assert!(lab.ran().is_empty());
}
