//! Builds each package alone: in a build of the whole workspace one package's features help out another.

use super::Done;
use super::steps::pass;
use crate::manifest::{entries, value};
use crate::tools::{Tool, root};
use crate::{Failure, tidy};

pub(super) fn run() -> Result<Done, Failure> {
    let mut builds = 0;
    for manifest in tidy::manifests()? {
        let text = std::fs::read_to_string(root().join(&manifest))
            .map_err(|error| Failure::Failed(format!("cannot read {manifest}: {error}")))?;
        for args in variants(&text) {
            // Clippy builds as `check` does, and what is unused in one variant only is a warning there, too.
            let tool = Tool::cargo().args(["clippy", "--quiet"]).args(&args).args(["--", "-D", "warnings"]);
            match pass(tool)? {
                Done::Passed(_) => builds += 1,
                other => return Ok(other),
            }
        }
    }
    feature_off(builds)
}

/// Sees that a builder whose feature is off does not compile, and that the compiler says which it is.
fn feature_off(builds: usize) -> Result<Done, Failure> {
    let args = ["rustc", "--quiet", "--package", "cuprum-feature-off", "--", "--cfg", "uses_tar"];
    let finished = Tool::cargo().args(args).captured()?;
    let says_why = finished.output.contains("the item is gated behind the `tar` feature");
    Ok(match !finished.success && says_why {
        true => Done::Passed(format!("{builds} builds, and 1 that must fail")),
        false => {
            Done::Failed(format!("{}\na builder whose feature is off must not compile", finished.output))
        }
    })
}

/// Returns the arguments of each build of a package: as it is, without features, with each of them alone.
fn variants(manifest: &str) -> Vec<Vec<String>> {
    // A workspace of its own, as the fuzzer is, is none of ours.
    if manifest.lines().any(|line| line.trim() == "[workspace]") {
        return Vec::new();
    }
    let entries = entries(manifest);
    let Some(name) = value(&entries, "package", "name") else { return Vec::new() };
    let package = ["--package", name.trim_matches('"')].map(str::to_owned).to_vec();
    let bare = [package.clone(), vec!["--no-default-features".to_owned()]].concat();
    let features = entries.iter().filter(|entry| entry.section == "features").map(|entry| entry.key);
    let mut variants = vec![package];
    for feature in features.clone().filter(|&feature| feature != "default") {
        variants.push([bare.clone(), vec!["--features".to_owned(), feature.to_owned()]].concat());
    }
    if features.count() > 0 {
        variants.push(bare);
    }
    variants
}

#[cfg(test)]
mod tests {
    use super::variants;

    #[track_caller]
    fn check(manifest: &str, expected: &[&str]) {
        let found: Vec<String> = variants(manifest).iter().map(|args| args.join(" ")).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_package_without_features_is_built_once() {
        check("[package]\nname = \"a\"\n", &["--package a"]);
    }

    #[test]
    fn a_workspace_of_its_own_is_left_out() {
        check("[package]\nname = \"a\"\n\n[workspace]\n", &[]);
    }

    #[test]
    fn each_feature_is_built_alone() {
        check(
            "[package]\nname = \"a\"\n[features]\ndefault = [\"b\"]\nb = []\nc = [\"dep:c\"]\n",
            &[
                "--package a",
                "--package a --no-default-features --features b",
                "--package a --no-default-features --features c",
                "--package a --no-default-features",
            ],
        );
    }
}
