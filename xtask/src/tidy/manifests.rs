//! Rules about manifests: one version everywhere, the workspace's lints in every package, and unsafe code in
//! one file only.

use super::Breach;
use super::tokens::tokens;
use super::tree::Tree;
use crate::manifest::{Entry, entries, value};

/// Finds versions that are not the workspace's.
///
/// The changelog's first heading of the form `## [X.Y.Z]` names the version that is worked on, with
/// `unreleased` in the place of the date until it is out.
pub(super) fn versions(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let root = entries(tree.text("Cargo.toml").unwrap_or(""));
    let Some(version) = value(&root, "workspace.package", "version").map(|value| value.trim_matches('"'))
    else {
        return vec![Breach::new("Cargo.toml", "has no `version` in [workspace.package]")];
    };
    let exact = format!("version = \"={version}\"");
    for entry in root.iter().filter(|entry| entry.section == "workspace.dependencies") {
        if entry.value.contains("path = ") && !entry.value.contains(&exact) {
            breaches.push(Breach::at("Cargo.toml", entry.line, format!("`{}` needs `{exact}`", entry.key)));
        }
    }
    for (path, entries) in members(tree) {
        if value(&entries, "package", "version.workspace") != Some("true") {
            breaches.push(Breach::new(path, "needs `version.workspace = true`"));
        }
        for entry in
            entries.iter().filter(|entry| entry.value.contains("path = ") && entry.value.contains('{'))
        {
            let why = format!("`{}` comes by path; take it from the workspace", entry.key);
            breaches.push(Breach::at(path, entry.line, why));
        }
    }
    let changelog = tree.text("CHANGELOG.md").unwrap_or("");
    let heading = changelog.lines().find_map(|line| line.strip_prefix("## [")?.split_once(']'));
    match heading {
        Some((newest, _)) if newest == version => {}
        Some((newest, _)) => {
            let why = format!("begins with version {newest}, but the workspace has {version}");
            breaches.push(Breach::new("CHANGELOG.md", why));
        }
        None => breaches.push(Breach::new("CHANGELOG.md", format!("has no heading `## [{version}]`"))),
    }
    breaches
}

/// The one file that may hold unsafe code, and the manifest of its package.
const UNSAFE_FILE: &str = "cuprum-core/src/backend/os/clone.rs";
const UNSAFE_PACKAGE: &str = "cuprum-core/Cargo.toml";

/// Finds packages that do not keep the workspace's lints, a workspace that does not forbid unsafe code, and
/// files other than the one that ask to be excused.
///
/// A package that is not published may have lints of its own, as long as they forbid unsafe code. That of the
/// one file repeats the workspace's, and denies unsafe code instead of forbidding it.
pub(super) fn lints(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let root = entries(tree.text("Cargo.toml").unwrap_or(""));
    if value(&root, "workspace.lints.rust", "unsafe_code") != Some("\"forbid\"") {
        breaches
            .push(Breach::new("Cargo.toml", "needs `unsafe_code = \"forbid\"` in [workspace.lints.rust]"));
    }
    for (path, entries) in members(tree) {
        if path == UNSAFE_PACKAGE {
            breaches.extend(unlike_the_workspace(&root, &entries));
            continue;
        }
        let inherits = value(&entries, "lints", "workspace") == Some("true");
        let unpublished = value(&entries, "package", "publish") == Some("false");
        let forbids = value(&entries, "lints.rust", "unsafe_code") == Some("\"forbid\"");
        let own = unpublished && forbids;
        if !inherits && !own {
            breaches.push(Breach::new(path, "needs `workspace = true` in [lints]"));
        }
    }
    for (path, text) in tree.written().filter(|(path, _)| path.ends_with(".rs") && *path != UNSAFE_FILE) {
        for token in tokens(text).into_iter().filter(|token| token.text == "unsafe_code") {
            let why = format!("names the lint `unsafe_code`; only {UNSAFE_FILE} may");
            breaches.push(Breach::at(path, token.line, why));
        }
    }
    breaches
}

/// Compares the lints of the one package that repeats them.
fn unlike_the_workspace(root: &[Entry<'_>], own: &[Entry<'_>]) -> Vec<Breach> {
    let of = |entries: &[Entry<'_>], table: &str| -> Vec<String> {
        let lines = entries.iter().filter_map(|entry| {
            let section = entry.section.strip_prefix(table)?;
            Some(format!("`{} = {}` in [lints{section}]", entry.key, entry.value))
        });
        lines.collect()
    };
    let forbidden = "`unsafe_code = \"forbid\"` in [lints.rust]";
    let expected: Vec<String> = of(root, "workspace.lints")
        .into_iter()
        .map(|line| if line == forbidden { line.replace("forbid", "deny") } else { line })
        .collect();
    let found = of(own, "lints");
    let missing = expected.iter().filter(|line| !found.contains(line)).map(|line| format!("needs {line}"));
    let foreign = found
        .iter()
        .filter(|line| !expected.contains(line))
        .map(|line| format!("has {line}, unlike the workspace"));
    missing.chain(foreign).map(|why| Breach::new(UNSAFE_PACKAGE, why)).collect()
}

/// Returns the manifests of the packages, but for one that is a workspace of its own.
fn members(tree: &Tree) -> impl Iterator<Item = (&str, Vec<Entry<'_>>)> {
    let is_member = |(path, text): &(&str, &str)| {
        path.ends_with("/Cargo.toml") && !text.lines().any(|line| line == "[workspace]")
    };
    let manifests = tree.written().filter(is_member);
    manifests.map(|(path, text)| (path, entries(text)))
}

#[cfg(test)]
mod tests {
    use super::{Breach, Tree, UNSAFE_FILE, UNSAFE_PACKAGE, lints, versions};

    const ROOT: &str = r#"
[workspace.package]
version = "0.2.0"
[workspace.dependencies]
memchr = "2.8"
cuprum = { package = "cuprum-core", path = "cuprum-core", version = "=0.2.0" }
[workspace.lints.rust]
unsafe_code = "forbid"
"#;
    const MEMBER: &str = "[package]\nversion.workspace = true\n[dependencies]\ncuprum.workspace = true\n[lints]\nworkspace = true\n";
    const CHANGELOG: &str = "# Changelog\n\n## [0.2.0] - unreleased\n\n## [0.1.0] - 2026-01-01\n";

    #[track_caller]
    fn check(rule: fn(&Tree) -> Vec<Breach>, root: &str, member: &str, changelog: &str, expected: &[&str]) {
        let files = [("Cargo.toml", root), ("a/Cargo.toml", member), ("CHANGELOG.md", changelog)];
        let found = rule(&Tree::of(&files));
        let found: Vec<String> =
            found.into_iter().map(|Breach { place, why }| format!("{place}: {why}")).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn one_version_everywhere_is_kept() {
        check(versions, ROOT, MEMBER, CHANGELOG, &[]);
        check(lints, ROOT, MEMBER, CHANGELOG, &[]);
    }

    #[test]
    fn a_workspace_of_its_own_has_rules_of_its_own() {
        let other = "[package]\nversion = \"0.0.0\"\n[workspace]\n[dependencies]\nx = { path = \"..\" }\n";
        check(versions, ROOT, other, CHANGELOG, &[]);
        check(lints, ROOT, other, CHANGELOG, &[]);
    }

    #[test]
    fn a_version_that_lags_behind_is_a_breach() {
        let root = ROOT.replace("\"=0.2.0\"", "\"=0.1.0\"");
        check(versions, &root, MEMBER, CHANGELOG, &["Cargo.toml:6: `cuprum` needs `version = \"=0.2.0\"`"]);
        let root = ROOT.replace("0.2.0", "0.3.0");
        let why = "CHANGELOG.md: begins with version 0.2.0, but the workspace has 0.3.0";
        check(versions, &root, MEMBER, CHANGELOG, &[why]);
        check(versions, ROOT, MEMBER, "# Changelog\n", &["CHANGELOG.md: has no heading `## [0.2.0]`"]);
        check(versions, "", MEMBER, CHANGELOG, &["Cargo.toml: has no `version` in [workspace.package]"]);
    }

    #[test]
    fn a_member_with_its_own_version_or_path_is_a_breach() {
        let member = MEMBER.replace("version.workspace = true", "version = \"0.2.0\"");
        check(versions, ROOT, &member, CHANGELOG, &["a/Cargo.toml: needs `version.workspace = true`"]);
        let member = MEMBER.replace("cuprum.workspace = true", "cuprum = { path = \"../cuprum-core\" }");
        let why = "a/Cargo.toml:4: `cuprum` comes by path; take it from the workspace";
        check(versions, ROOT, &member, CHANGELOG, &[why]);
    }

    #[test]
    fn missing_lints_are_a_breach() {
        let root = ROOT.replace("forbid", "warn");
        let why = "Cargo.toml: needs `unsafe_code = \"forbid\"` in [workspace.lints.rust]";
        check(lints, &root, MEMBER, CHANGELOG, &[why]);
        let member = MEMBER.replace("[lints]\nworkspace = true\n", "");
        check(lints, ROOT, &member, CHANGELOG, &["a/Cargo.toml: needs `workspace = true` in [lints]"]);
    }

    #[test]
    fn own_lints_are_for_unpublished_packages_that_forbid_unsafe_code() {
        let why = "a/Cargo.toml: needs `workspace = true` in [lints]";
        let own = MEMBER.replace("[lints]\nworkspace = true\n", "[lints.rust]\nunsafe_code = \"forbid\"\n");
        check(lints, ROOT, &own, CHANGELOG, &[why]);
        let unpublished = own.replace("[package]\n", "[package]\npublish = false\n");
        check(lints, ROOT, &unpublished, CHANGELOG, &[]);
        let unsafe_too = unpublished.replace("forbid", "warn");
        check(lints, ROOT, &unsafe_too, CHANGELOG, &[why]);
    }
    const CORE: &str = "[package]\nversion.workspace = true\n[lints.rust]\nunsafe_code = \"deny\"\n";

    #[track_caller]
    fn check_core(manifest: &str, path: &str, source: &str, expected: &[&str]) {
        let files = [("Cargo.toml", ROOT), (UNSAFE_PACKAGE, manifest), (path, source)];
        let found = lints(&Tree::of(&files));
        let found: Vec<String> =
            found.into_iter().map(|Breach { place, why }| format!("{place}: {why}")).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn one_file_may_hold_unsafe_code_and_no_other() {
        let source = "//! Text.\n// unsafe_code in a comment, and in a literal:\nconst A: &str = \"unsafe_code\";\n\
                      #[expect(unsafe_code)]\nfn f() {}\n";
        check_core(CORE, UNSAFE_FILE, source, &[]);
        let why = "cuprum-core/src/a.rs:4: names the lint `unsafe_code`; only \
                   cuprum-core/src/backend/os/clone.rs may";
        check_core(CORE, "cuprum-core/src/a.rs", source, &[why]);
    }

    #[test]
    fn the_lints_of_the_package_with_unsafe_code_are_the_workspaces() {
        check_core(
            &CORE.replace("deny", "allow"),
            "a.rs",
            "",
            &[
                "cuprum-core/Cargo.toml: needs `unsafe_code = \"deny\"` in [lints.rust]",
                "cuprum-core/Cargo.toml: has `unsafe_code = \"allow\"` in [lints.rust], unlike the workspace",
            ],
        );
        let more = format!("{CORE}[lints.clippy]\nall = \"allow\"\n");
        let why = "cuprum-core/Cargo.toml: has `all = \"allow\"` in [lints.clippy], unlike the workspace";
        check_core(&more, "a.rs", "", &[why]);
        check_core(
            &CORE.replace("unsafe_code = \"deny\"\n", ""),
            "a.rs",
            "",
            &["cuprum-core/Cargo.toml: needs `unsafe_code = \"deny\"` in [lints.rust]"],
        );
    }
}
