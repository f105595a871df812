//! A literal is checked when it is compiled.

use cuprum::{ArgValue, lit};


#[derive(ArgValue)]
#[arg(check = is_ref)]
struct GitRef(String);

const fn is_ref(text: &str) -> bool {
    !text.is_empty()
}

fn main() {
    let _ = lit!(GitRef, "--upload-pack=x");
}
