//! A command says which program it runs.

use cuprum::Command;


#[derive(Command)]
struct C {
    bare: bool,
}

fn main() {
    let _ = C::new().bare().argv();
}
