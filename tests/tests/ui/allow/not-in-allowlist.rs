//! A program that is not in the context's list does not compile.

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

fn deploy(cx: &Cx<Deploy>) {
    let _ = cx.run(Fetch::new());
    let _ = cx.run(Remove::new().recursive());
}

fn main() {
    let _ = deploy;
}
