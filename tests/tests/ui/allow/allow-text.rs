//! A name is no program.

use cuprum::Cx;

fn main() {
    let _ = Cx::new().narrow_to(["git"]);
}
