//! What must not compile, and the message that says why: one rule a file.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::collections::BTreeSet;
use std::fs;

/// Returns the tests by folder and name.
fn files() -> BTreeSet<String> {
    let folders = fs::read_dir("tests/ui").unwrap().map(|folder| folder.unwrap().path());
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()));
    let sources = files.filter(|file| file.extension().is_some_and(|extension| extension == "rs"));
    sources
        .map(|file| file.with_extension("").strip_prefix("tests/ui").unwrap().display().to_string())
        .collect()
}

#[test]
fn the_page_lists_every_rule() {
    let page = fs::read_to_string("../docs/derives.md").unwrap();
    let table = page.split("## What must not compile").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    let listed: BTreeSet<String> = rows.filter(|name| name.contains('/')).map(str::to_owned).collect();
    assert_eq!(listed, files());
}

#[test]
#[cfg_attr(not(pinned_toolchain), ignore = "the texts are those of the compiler version the packages state")]
fn what_must_not_compile_says_why() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/allow/*.rs");
    cases.compile_fail("tests/ui/derive/*.rs");
    cases.compile_fail("tests/ui/pipeline/*.rs");
    cases.compile_fail("tests/ui/program/*.rs");
    cases.compile_fail("tests/ui/template/*.rs");
    cases.compile_fail("tests/ui/types/*.rs");
}
