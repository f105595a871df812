//! `set -x`, through `tracing`.

use cuprum::lab::{Lab, Script};
use cuprum::observe::Echo;
use cuprum::prelude::*;
use cuprum::spec::Secret;
use tracing::Level;

use crate::scene::{Git, Head, Told};

#[test]
fn each_command_is_echoed_before_it_runs() {
    let told = Told::during(Level::INFO, || {
        let lab = Lab::new().on_program::<Git>(Script::new()).on_program::<Head>(Script::new());
        let cx = lab.cx().with_observer(Echo::new());
        let (odd, secret) = ("a b\u{1b}[31m", Secret::new("hunter2".to_owned()));
        lab.run(async {
            cx.run(cmd!(Git, "log {odd} -- {secret}") | cmd!(Head, "-n 1")).await.unwrap();
        });
    });
    assert_eq!(told.messages("cuprum::echo"), ["+ git log $'a b\\033[31m' -- '***'", "+ head -n 1"]);
}

#[test]
fn an_echo_has_the_level_it_is_given() {
    let told = Told::during(Level::INFO, || {
        let lab = Lab::new().on_program::<Git>(Script::new());
        let cx = lab.cx().with_observer(Echo::new().at(Level::DEBUG));
        lab.run(async { cx.run(cmd!(Git, "log")).await }).unwrap();
    });
    assert!(told.messages("cuprum::echo").is_empty());
}
