//! A word has no data.

use cuprum::ArgValue;


#[derive(ArgValue)]
enum When {
    Always(u8),
}

fn main() {}
