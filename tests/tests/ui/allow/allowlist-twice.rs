//! A program is listed once.

use cuprum::{Command, Program, allowlist};

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

allowlist! { Twice = [Git, Tar, Git]; }

fn main() {
    let _ = (Twice, Fetch::new(), Remove::new().recursive());
}
