//! A word is written by one variant.

use cuprum::ArgValue;


#[derive(ArgValue)]
enum When {
    Always,
    #[arg(value = "always")]
    Ever,
}

fn main() {}
