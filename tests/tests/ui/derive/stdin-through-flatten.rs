//! Standard input is given once, also where a set of arguments gives it.

use cuprum::{Args, Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Args)]
struct Login {
    #[arg(stdin)]
    password: Option<String>,
}

#[derive(Command)]
#[command(program = Tool)]
struct Twice {
    #[arg(flatten)]
    login: Login,
    #[arg(stdin)]
    patch: Vec<u8>,
}

#[derive(Command)]
#[command(program = Tool, stdin = inherit)]
struct Inherited {
    #[arg(flatten)]
    login: Login,
}

fn main() {}
