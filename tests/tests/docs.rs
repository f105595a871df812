//! What the pages below `docs` say of tests is true.

use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn pages(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let files = files.into_iter().filter(|file| file.extension().is_some_and(|extension| extension == "md"));
    files.chain(folders.iter().flat_map(|folder| pages(folder))).collect()
}

/// Returns the tests that a page names: `name`, then `file.rs`.
fn tests_of(page: &str) -> Vec<(&str, &str)> {
    let pieces: Vec<&str> = page.split('`').collect();
    let is_name = |text: &str| text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
    let named = pieces.windows(3).filter_map(|pieces| match pieces {
        [name, ", ", file] if is_name(name) && file.ends_with(".rs") => Some((*name, *file)),
        _ => None,
    });
    named.collect()
}

#[track_caller]
fn exists_and_runs(name: &str, file: &str) {
    let source = fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let function = source.find(&format!("fn {name}(")).unwrap_or_else(|| panic!("no {name} in {file}"));
    let above = &source[..function];
    let attributes = &above[above.rfind("\n\n").unwrap_or(0)..];
    let is_test = ["#[test]", "#[tokio::test"].iter().any(|mark| attributes.contains(mark));
    assert!(is_test, "{name} of {file} is no test");
    assert!(!attributes.contains("#[ignore"), "{name} of {file} does not run");
}

#[test]
fn every_test_that_a_page_names_exists_and_runs() {
    let mut named = 0;
    for page in pages(&root().join("docs")) {
        for (name, file) in tests_of(&fs::read_to_string(&page).unwrap()) {
            exists_and_runs(name, file);
            named += 1;
        }
    }
    assert!(named >= 100, "{named} tests are named");
}

#[test]
fn every_row_about_children_names_a_test() {
    let list = fs::read_to_string(root().join("docs/gotchas.md")).unwrap();
    let rows: Vec<&str> =
        list.lines().filter(|line| line.starts_with("| ") && line.as_bytes()[2].is_ascii_digit()).collect();
    assert!(rows.len() >= 30, "{} rows", rows.len());
    for row in rows {
        assert!(!tests_of(row).is_empty(), "{row}");
    }
}

#[test]
fn every_promise_of_the_security_page_names_a_test() {
    let page = fs::read_to_string(root().join("docs/security.md")).unwrap();
    let tables = page.split("| promise | tests |").skip(1);
    let rows: Vec<&str> =
        tables.flat_map(|table| table.lines().skip(2).take_while(|line| line.starts_with('|'))).collect();
    assert!(rows.len() >= 25, "{} promises", rows.len());
    for row in rows {
        assert!(!tests_of(row).is_empty(), "{row}");
    }
}

/// Checks that each row is there once, and names tests unless it is one of those that say why not.
#[track_caller]
fn rows(page: &str, numbers: &[(&str, RangeInclusive<u32>)], without: &[&str]) {
    let page = fs::read_to_string(root().join("docs/decisions").join(page)).unwrap();
    for (letter, numbers) in numbers {
        for number in numbers.clone() {
            let begin = format!("| {letter}{number} | ");
            let rows: Vec<&str> = page.lines().filter(|line| line.starts_with(&begin)).collect();
            let [row] = rows[..] else { panic!("{} rows begin with {begin:?}", rows.len()) };
            assert!(!tests_of(row).is_empty() || without.iter().any(|why| row.contains(why)), "{row}");
        }
    }
}

#[test]
fn every_row_about_contexts_names_a_test() {
    let numbers = [("P", 1..=12), ("S", 1..=11), ("C", 1..=28), ("E", 1..=5)];
    rows("0010-contexts-of-the-python-cuprum.md", &numbers, &[]);
}

#[test]
fn every_row_about_hooks_and_events_names_a_test() {
    rows("0013-hooks-and-events.md", &[("S", 9..=9), ("H", 1..=11), ("O", 1..=15)], &[]);
}

#[test]
fn every_row_about_pipelines_and_batches_names_a_test() {
    let without = ["with the events", "a pair of files in `tests/tests/ui`", "| X22 |", "| B11 |"];
    let numbers = [("X", 1..=24), ("B", 1..=16)];
    rows("0014-pipelines-and-batches-of-the-python-cuprum.md", &numbers, &without);
}

#[test]
fn every_row_about_logs_and_telemetry_names_a_test() {
    let page = fs::read_to_string(root().join("docs/decisions/0012-what-observers-tell.md")).unwrap();
    for (letter, most) in [("L", 8), ("Y", 24)] {
        for number in 1..=most {
            let row = row(&page, letter, number);
            assert!(!tests_of(row).is_empty(), "{row}");
        }
    }
}
