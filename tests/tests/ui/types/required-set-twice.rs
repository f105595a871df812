//! What is required is given once.

use cuprum::{ArgValue, Command, Program};

#[derive(Program)]
#[program(name = "git", separator = "--end-of-options")]
struct Git;

#[derive(ArgValue)]
#[arg(check = is_ref)]
struct GitRef(String);

const fn is_ref(text: &str) -> bool {
    !text.is_empty()
}

#[derive(Command)]
#[command(program = Git, subcommand = "checkout")]
struct GitCheckout {
    #[arg(positional)]
    repo: String,
    #[arg(positional)]
    rev: GitRef,
}

fn main() {
    let _ = GitCheckout::builder().repo("a").repo("b");
}
