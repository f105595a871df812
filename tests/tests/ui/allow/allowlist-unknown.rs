//! A program that does not exist is named, with a near match.

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

allowlist! { Unknown = [Tra]; }

fn main() {
    let _ = (Fetch::new(), Remove::new().recursive());
}
