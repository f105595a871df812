//! Turns the table of command lines into tests, and says whether the compiler is the one that the expected
//! error texts were written by.

use std::error::Error;
use std::fmt::Write as _;
use std::process::Command;
use std::{env, fs, path::Path};

const TABLE: &str = "cases/argv.md";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={TABLE}");
    println!("cargo::rustc-check-cfg=cfg(pinned_toolchain)");
    if is_pinned()? {
        println!("cargo::rustc-cfg=pinned_toolchain");
    }
    table()
}

/// Returns whether the compiler is of the version that the packages state.
#[expect(
    clippy::disallowed_methods,
    reason = "a build script cannot use the library, which is built after it"
)]
fn is_pinned() -> Result<bool, Box<dyn Error>> {
    let output =
        Command::new(env::var_os("RUSTC").ok_or("cargo names the compiler")?).arg("--version").output()?;
    let stated = env::var("CARGO_PKG_RUST_VERSION")?;
    Ok(String::from_utf8(output.stdout)?.starts_with(&format!("rustc {stated}.")))
}

/// Makes each row a module with its declaration and its test.
fn table() -> Result<(), Box<dyn Error>> {
    let table = fs::read_to_string(TABLE)?;
    let mut tests = String::new();
    for line in table.lines().filter(|line| is_row(line)) {
        let cells = cells(line);
        let [_, id, declaration, built, argv, ..] = cells.as_slice() else {
            return Err(format!("a row needs six cells: {line}").into());
        };
        test(&mut tests, id, declaration, built, argv)?;
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("golden.rs"), tests)?;
    Ok(())
}

fn is_row(line: &str) -> bool {
    line.strip_prefix("| ").is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
}

/// Returns the cells of a table row, without the marks of code.
fn cells(line: &str) -> Vec<String> {
    let escaped = line.replace("\\|", "\0");
    let inner = escaped.trim().trim_start_matches('|').trim_end_matches('|');
    inner.split(" | ").map(|cell| plain(cell).replace('\0', "|")).collect()
}

fn plain(cell: &str) -> &str {
    let cell = cell.trim();
    for (open, close) in [("`` ", " ``"), ("`", "`")] {
        if let Some(code) = cell.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) {
            return code;
        }
    }
    cell
}

fn test(tests: &mut String, id: &str, declaration: &str, built: &str, argv: &str) -> std::fmt::Result {
    let is_body = !declaration.contains("#[derive(Command)]");
    let declaration = if is_body {
        format!("#[derive(Command)] #[command(program = Tool)] pub struct C {{ {declaration} }}")
    } else {
        declaration.to_owned()
    };
    let name = id.replace('-', "_");
    writeln!(tests, "mod {name} {{\nuse super::*;\n{declaration}")?;
    writeln!(tests, "#[test] fn {name}() {{ check(&{built}, r###\"{argv}\"###) }}\n}}")
}
