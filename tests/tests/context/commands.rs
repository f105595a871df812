//! What commands are as values: equal, copied, run again, and told of where no type describes them.

use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::{Command, Program, unchecked};

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
