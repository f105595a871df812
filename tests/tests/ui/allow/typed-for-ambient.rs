//! A context with a list is none without: the callee promises nothing.

use cuprum::{Command, Cx, Program, allowlist};

#[derive(Program)]
struct Git;
#[derive(Program)]
struct Tar;
#[derive(Program)]
struct Rm;

#[derive(Command)]
#[command(program = Git)]
struct Fetch {}
#[derive(Command)]
#[command(program = Rm)]
struct Remove {
    recursive: bool,
}

allowlist! { Deploy = [Git, Tar]; }

fn anything(cx: &Cx) {
    let _ = cx.run(Remove::new().recursive());
}

fn main() {
    anything(&Cx::new().narrow::<Deploy>());
    let _ = Fetch::new();
}
