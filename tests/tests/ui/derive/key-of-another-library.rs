//! A key that other libraries have is answered with what stands in its place here.

use cuprum::{Command, Program};

#[derive(Program)]
struct Tool;

#[derive(Command)]
#[command(program = Tool)]
struct C {
    #[arg(default_value = "main")]
    branch: String,
    #[arg(num_args = 1)]
    files: Vec<String>,
    #[arg(value_delimiter = ',', conflicts_with = "files")]
    names: Vec<String>,
    #[arg(rename = "dry-run")]
    dry: bool,
}

fn main() {}
