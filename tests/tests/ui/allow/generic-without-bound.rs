//! A generic context runs only the programs that its bounds name.

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

fn clean<A: cuprum::context::Allows<Git>>(cx: &Cx<A>) {
    let _ = cx.run(Fetch::new());
    let _ = cx.run(Remove::new().recursive());
}

fn main() {
    clean(&Cx::new().narrow::<Deploy>());
}
