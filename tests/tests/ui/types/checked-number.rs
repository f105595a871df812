//! What a check looks at is text, so a checked type holds text.

use cuprum::{ArgValue, lit};

#[derive(ArgValue)]
#[arg(check = is_port)]
struct Port(u16);

const fn is_port(text: &str) -> bool {
    !text.is_empty()
}

fn main() {
    let _ = lit!(Port, "80");
}
