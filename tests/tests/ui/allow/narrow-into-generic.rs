//! A context that lacks a program is no argument for a function that needs it.

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

allowlist! { Backup = [Tar]; }

fn release<A: cuprum::context::Allows<Git>>(cx: &Cx<A>) {
    let _ = cx.run(Fetch::new());
}

fn main() {
    release(&Cx::new().narrow::<Deploy>());
    release(&Cx::new().narrow::<Backup>());
    let _ = Remove::new().recursive();
}
