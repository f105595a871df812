//! Text that is known when the program runs is no literal.

use cuprum::{ArgValue, lit};

#[derive(ArgValue)]
#[arg(check = is_name)]
struct Name(String);

const fn is_name(text: &str) -> bool {
    !text.is_empty()
}

fn main() {
    let given = "a";
    let _ = lit!(Name, given);
}
