//! What commands are as values: equal, copied, run again, and told of where no type describes them.

use std::sync::mpsc;

use cuprum::context::Catalogue;
use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::{Project, Refusal};
use cuprum::{Command, ErrorKind, Program, unchecked};

use super::lab;
use super::log::Records;

#[derive(Program)]
#[program(name = "git", separator = "--")]
struct Git;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Command)]
#[command(program = Git, subcommand = "fetch", output = String)]
struct Fetch {
    #[arg(positional)]
    remote: String,
}

#[test]
fn a_command_writes_its_program_and_then_its_words() {
    let fetch = Fetch::new("origin");
    let plan = lab().cx().scope_sync(|| fetch.clone().plan()).unwrap();
    assert_eq!(plan.to_string(), "/lab/bin/git fetch -- origin");
    assert_eq!(fetch.argv().unwrap(), ["fetch", "--", "origin"]);
}

#[test]
fn the_type_decides_whether_commands_are_equal() {
    assert_eq!(Fetch::new("origin"), Fetch::new("origin"));
    assert_ne!(Fetch::new("origin"), Fetch::new("fork"));
}

#[tokio::test]
async fn one_command_is_run_again_and_beside_itself_and_each_run_is_its_own() {
    let answers = ["one\n", "two\n", "three\n"].map(Script::stdout);
    let lab = Lab::new().on_each::<Fetch>(answers);
    let (cx, fetch) = (lab.cx(), Fetch::new("origin"));
    let (first, second) = tokio::join!(cx.run(fetch.clone()), cx.run(fetch.clone()));
    let third = cx.run(fetch).await;
    let mut all = [first.unwrap(), second.unwrap(), third.unwrap()];
    all.sort();
    assert_eq!(all, ["one", "three", "two"]);
    let pids: std::collections::HashSet<u32> = lab.ran().iter().map(|ran| ran.pid).collect();
    assert_eq!(pids.len(), 3);
}

#[test]
fn a_command_has_hooks_of_its_own() {
    let lab = lab();
    let (sender, asked) = mpsc::channel();
    let told = sender.clone();
    let fetch = Fetch::new("origin")
        .before(move |invocation| {
            sender.send(format!("before {invocation}")).map_err(|_| Refusal::new("gone"))
        })
        .after(move |invocation, finish| {
            let code = finish.outcome().and_then(|outcome| outcome.status().code());
            told.send(format!("after {} {code:?}", invocation.program())).unwrap();
        });
    lab.cx().run(fetch.clone()).wait().unwrap();
    assert_eq!(asked.try_iter().collect::<Vec<_>>(), ["before git fetch -- origin", "after git Some(0)"]);
    let refused = lab.cx().run(Fetch::new("fork").before(|_| Err(Refusal::new("not today")))).wait();
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::Refused);
    drop(fetch);
    assert!(asked.recv().is_err(), "no other command was asked about");
}

#[test]
fn hooks_are_told_the_project_of_the_catalogue() {
    const OPS: Project = Project::new("ops").with_programs(&[Git::SPEC]);
    let (sender, projects) = mpsc::channel();
    let cx = lab()
        .cx()
        .with_before(move |invocation| sender.send(invocation.project()).map_err(|_| Refusal::new("gone")));
    let listed = cx.clone().with_catalogue(Catalogue::new([OPS]).unwrap());
    listed.run(unchecked::command("git")).wait().unwrap();
    listed.run(Fetch::new("origin")).wait().unwrap();
    cx.run(unchecked::command("git")).wait().unwrap();
    assert_eq!(projects.try_iter().collect::<Vec<_>>(), [Some("ops"), Some("ops"), None]);
}

#[test]
fn each_place_of_an_unchecked_command_is_told_once() {
    let records = Records::of("cuprum::spec::unchecked");
    tracing::subscriber::with_default(records.clone(), || {
        for name in ["one", "two", "one"] {
            drop(unchecked::command(name));
        }
        drop(unchecked::command("elsewhere"));
    });
    let told = records.take();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("WARN message=an unchecked command") && told[0].contains("program=\"one\""));
    assert!(told[1].contains("program=\"elsewhere\""), "{told:?}");
}
