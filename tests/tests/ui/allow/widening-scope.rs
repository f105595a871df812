//! A context narrows to lists that it covers, and to no others.

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

allowlist! { Wide = [Git, Rm]; }

fn widen(cx: &Cx<Deploy>) -> Cx<Wide> {
    let _ = Remove::new().recursive();
    cx.narrow::<Wide>()
}

fn main() {
    let _ = (widen, Fetch::new());
}
