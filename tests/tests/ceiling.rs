//! The bound of a process, which no context goes beyond. It is set once, so all tests here share one.

use std::sync::Once;

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::Layer;
use cuprum::{Cx, Program, allowlist, unchecked};

#[derive(Program)]
struct Git;
#[derive(Program)]
struct Tar;
#[derive(Program)]
struct Rm;

allowlist! { Bound = [Git, Tar]; }
allowlist! { Wider = [Git, Tar, Rm]; }

/// Sets the ceiling; returns a context that was there before.
fn before() -> (Lab, Cx) {
    static SET: Once = Once::new();
    let lab = Lab::new().when(|_| true, Script::exit(0));
    let cx = lab.cx();
    SET.call_once(|| Cx::ceiling(Bound).unwrap());
    (lab, cx)
}

#[test]
fn no_context_goes_beyond_the_ceiling() {
    let (lab, cx) = before();
    assert!(cx.run(Git::cmd()).wait().is_ok());
    let error = cx.run(Rm::cmd()).wait().unwrap_err();
    assert_eq!(error.layer(), Some(Layer::Ceiling));
    let text = error.to_string();
    assert!(
        text.starts_with(
            "cannot run `rm`: the program is not allowed here: the ceiling of this process permits git, tar\n\
             hint: add it to the list of `Cx::ceiling` at tests/tests/ceiling.rs:"
        ),
        "{text}"
    );
    let typed = lab.cx().narrow::<Wider>();
    assert_eq!(typed.run(Rm::cmd()).wait().unwrap_err().layer(), Some(Layer::Ceiling));
    let unnamed = unchecked::command("rm");
    assert_eq!(cx.run(unnamed).wait().unwrap_err().layer(), Some(Layer::Ceiling));
    let mistyped = cx.run(unchecked::command("tra")).wait().unwrap_err();
    assert!(
        mistyped
            .hint()
            .unwrap()
            .starts_with("did you mean `tar`? if not, add it to the list of `Cx::ceiling`")
    );
    assert_eq!(lab.ran().len(), 1);
}

#[test]
fn the_ceiling_holds_for_files() {
    let (lab, cx) = before();
    let error = cx.run(Git::cmd().env("PATH", "/elsewhere")).wait().unwrap_err();
    assert_eq!(error.layer(), Some(Layer::File));
    let error = cx.with_env("PATH", "/elsewhere").run(Git::cmd()).wait().unwrap_err();
    assert_eq!(error.layer(), Some(Layer::File), "also from the path of a context");
    assert!(lab.ran().is_empty());
}

#[test]
fn nothing_beyond_the_ceiling_can_be_permitted() {
    let (_, cx) = before();
    let cx = cx.narrow_to([Git::SPEC]);
    assert!(cx.clone().allow(Tar::SPEC).unwrap().permits(Tar::SPEC));
    for error in [
        cx.clone().allow(Rm::SPEC).map(drop).unwrap_err(),
        cx.register_allow([Tar::SPEC, Rm::SPEC]).map(drop).unwrap_err(),
        cx.clone().with_allowlist([Rm::SPEC]).map(drop).unwrap_err(),
    ] {
        assert_eq!((error.program(), error.layer()), ("rm", Layer::Ceiling));
        assert_eq!(
            error.to_string(),
            "`rm` cannot be permitted here: the ceiling of this process permits git, tar"
        );
    }
    assert!(!cx.permits(Tar::SPEC), "nothing of a list is permitted of which one program is refused");
}

#[test]
fn a_second_ceiling_is_refused_and_the_first_one_holds() {
    let (_, cx) = before();
    assert!(Cx::ceiling([Tar::SPEC, Git::SPEC]).is_ok(), "the same list again changes nothing");
    for list in [vec![Git::SPEC, Tar::SPEC, Rm::SPEC], vec![Git::SPEC], vec![]] {
        let error = Cx::ceiling(list).unwrap_err();
        assert_eq!(error.place().file(), "tests/tests/ceiling.rs");
        let text = error.to_string();
        assert!(text.starts_with("the ceiling of this process was set at tests/tests/ceiling.rs:"), "{text}");
        assert!(text.ends_with(", to git, tar: it is set once"), "{text}");
    }
    assert!(cx.permits(Tar::SPEC) && !cx.permits(Rm::SPEC));
}
