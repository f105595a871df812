//! Turns the table of command lines into tests: each row becomes a module with its declaration.

use std::error::Error;
use std::fmt::Write as _;
use std::{env, fs, path::Path};

const TABLE: &str = "cases/argv.md";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={TABLE}");
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
