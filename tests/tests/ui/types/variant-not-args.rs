//! What a subcommand takes is a set of arguments; whatever is wrong is said once.

use cuprum::Subcommand;

struct Opaque;

#[derive(Subcommand)]
enum Action {
    Add(Opaque),
}

fn main() {}
