//! A check that does not exist is reported once, where it is asked for.

use cuprum::ArgValue;

#[derive(ArgValue)]
#[arg(check = is_name)]
struct Name(String);

fn main() {}
