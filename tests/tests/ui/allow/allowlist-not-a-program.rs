//! A list holds programs.

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

allowlist! { Odd = [Git, String]; }

fn main() {
    let _ = (Fetch::new(), Remove::new().recursive());
}
