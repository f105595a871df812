//! What the type of a context promises, and what holds whatever the compiler was told.

use cuprum::context::{Allowlist as _, Allows};
use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::{Command, Cx, ErrorKind, Program, allowlist};

#[derive(Program)]
struct Git;
#[derive(Program)]
struct Tar;
#[derive(Program)]
struct Rm;

#[derive(Command)]
#[command(program = Git, subcommand = "fetch")]
struct Fetch {}
#[derive(Command)]
#[command(program = Tar)]
struct Pack {}
#[derive(Command)]
#[command(program = Rm)]
struct Remove {}

allowlist! {
    /// What a deployment may run.
    Deploy = [Git, Tar];
}
allowlist! { Pull = [Git]; }
allowlist! { Nothing = []; }

// Written by hand: the compiler believes it.
impl Allows<Rm> for Deploy {}

fn lab() -> Lab {
    Lab::new().when(|_| true, Script::exit(0))
}

#[test]
fn an_allowlist_names_its_programs() {
    let names: Vec<&str> = Deploy::PROGRAMS.iter().map(|program| program.name()).collect();
    assert_eq!((Deploy::NAME, names), ("Deploy", vec!["git", "tar"]));
}

#[test]
fn a_promise_written_by_hand_compiles_and_is_refused_when_the_command_runs() {
    let lab = lab();
    let cx = lab.cx().narrow::<Deploy>();
    assert!(cx.run(Fetch::new()).wait().is_ok());
    let error = cx.run(Remove::new()).wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Forbidden);
    assert_eq!(
        error.to_string(),
        "cannot run `rm`: the program is not allowed here: this context permits git, tar\n\
         hint: narrow to a list that has it, or permit it, too: `Cx::allow`"
    );
    assert_eq!(lab.ran().len(), 1, "what is refused is not started");
}

#[test]
fn a_scope_of_a_narrow_context_refuses_ambient_commands() {
    let cx = lab().cx().narrow::<Pull>();
    cx.scope_sync(|| {
        assert!(Fetch::new().run_sync().is_ok());
        assert_eq!(Pack::new().run_sync().unwrap_err().kind(), ErrorKind::Forbidden);
    });
}

#[test]
fn narrowing_twice_keeps_what_both_permit() {
    let cx = lab().cx().narrow::<Deploy>().narrow::<Pull>();
    assert!(cx.run(Fetch::new()).wait().is_ok());
    let nothing = lab().cx().narrow::<Nothing>();
    let error = nothing.scope_sync(|| Fetch::new().run_sync()).unwrap_err();
    assert!(error.to_string().contains(": this context permits no program\n"), "{error}");
}

#[test]
fn a_function_takes_every_context_that_permits_enough() {
    fn release<A: Allows<Git> + Allows<Tar>>(cx: &Cx<A>) -> cuprum::Result<()> {
        cx.run(Fetch::new()).wait()?;
        cx.run(Pack::new()).wait()
    }
    assert!(release(&lab().cx()).is_ok());
    assert!(release(&lab().cx().narrow::<Deploy>()).is_ok());
}
