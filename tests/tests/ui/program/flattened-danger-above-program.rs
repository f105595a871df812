//! What is flattened stays under the ceiling of the program.

use cuprum::{Args, Command, Program};


#[derive(Program)]
#[program(tier = write)]
struct Git;

#[derive(Args)]
struct Remote {
    #[arg(danger = "exec")]
    upload_pack: Option<String>,
}

#[derive(Command)]
#[command(program = Git, subcommand = "fetch")]
struct GitFetch {
    #[arg(flatten)]
    remote: Remote,
}

fn main() {}
