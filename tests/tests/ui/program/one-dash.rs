//! Where the program's long options begin with one dash, `-v` is one option.

use cuprum::{Args, Command, Program};

#[derive(Program)]
#[program(single_dash)]
struct Find;

#[derive(Command)]
#[command(program = Find)]
struct Own {
    #[arg(short = 'v')]
    verbose: bool,
    v: bool,
}

#[derive(Args)]
struct Common {
    #[arg(short)]
    quiet: bool,
}

#[derive(Args)]
struct Other {
    q: bool,
}

#[derive(Command)]
#[command(program = Find)]
struct Nested {
    #[arg(flatten)]
    common: Common,
    #[arg(flatten)]
    other: Other,
}

fn main() {}
