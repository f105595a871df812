//! An argument stays under the ceiling of its program, too.

use cuprum::{Command, Program};


#[derive(Program)]
#[program(tier = write)]
struct Git;

#[derive(Command)]
#[command(program = Git, subcommand = "fetch")]
struct GitFetch {
    #[arg(danger = "exec")]
    upload_pack: Option<String>,
}

fn main() {}
