//! A lifetime or a type parameter does not hide a tier that is above the program's.

use cuprum::{ArgValue, Command, Program};

#[derive(Program)]
#[program(tier = read)]
struct Git;

#[derive(Command)]
#[command(program = Git, tier = destructive)]
struct Push<'a> {
    remote: &'a str,
}

#[derive(Command)]
#[command(program = Git, tier = read)]
struct Fetch<T: ArgValue> {
    remote: T,
    #[arg(danger = "exec")]
    upload_pack: Option<String>,
}

fn main() {}
