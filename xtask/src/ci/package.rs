//! Packages what would be published, and builds it from the packages.
//!
//! `cargo package` can verify packages that depend on each other, but it unpacks them below the cargo home
//! once for each version, so that the second run builds against the code of the first. So it packages
//! only, and the packages are unpacked and built here, as one workspace in which they find each other.

use std::fs;
use std::path::Path;

use super::Done;
use super::steps::pass;
use crate::manifest::{entries, value};
use crate::tools::{Tool, root, target};
use crate::{Failure, tidy};

pub(super) fn run() -> Result<Done, Failure> {
    let packages = published()?;
    let names: Vec<&str> = packages.iter().flat_map(|(name, _)| ["--package", name]).collect();
    // The check is also for work that is not committed yet.
    let package = Tool::cargo().args(["package", "--no-verify", "--allow-dirty"]).args(names);
    let line = package.to_string();
    let packaged = package.captured()?;
    if !packaged.success || packaged.output.contains("warning:") {
        return Ok(Done::Failed(format!("{}\n`{line}` failed or warned", packaged.output)));
    }
    let folder = target().join("xtask/packages");
    lay_out(&folder, &packages).map_err(|error| {
        Failure::Failed(format!("cannot write the packages to {}: {error}", folder.display()))
    })?;
    for (name, version) in &packages {
        // `m`: files in a package are from 2006, and cargo would take what it built last time for up to date.
        let file = target().join(format!("package/{name}-{version}.crate"));
        let unpack =
            Tool::new("tar").args(["-xmzf".as_ref(), file.as_os_str(), "-C".as_ref(), folder.as_os_str()]);
        if let failed @ Done::Failed(_) = pass(unpack)? {
            return Ok(failed);
        }
    }
    let manifest = folder.join("Cargo.toml");
    let build =
        Tool::cargo().args(["check", "--workspace", "--all-features", "--manifest-path"]).args([manifest]);
    Ok(match pass(build)? {
        Done::Passed(_) => Done::Passed(format!("{} packages", packages.len())),
        other => other,
    })
}

/// Returns name and version of each package that may be published.
fn published() -> Result<Vec<(String, String)>, Failure> {
    let read = |path: &str| {
        let text = fs::read_to_string(root().join(path));
        text.map_err(|error| Failure::Failed(format!("cannot read {path}: {error}")))
    };
    let workspace = read("Cargo.toml")?;
    let version = value(&entries(&workspace), "workspace.package", "version").unwrap_or("").trim_matches('"');
    let mut packages = Vec::new();
    for manifest in tidy::manifests()? {
        let text = read(&manifest)?;
        let entries = entries(&text);
        let publish = value(&entries, "package", "publish") != Some("false");
        if let Some(name) = value(&entries, "package", "name").filter(|_| publish) {
            packages.push((name.trim_matches('"').to_owned(), version.to_owned()));
        }
    }
    Ok(packages)
}

/// Empties the folder and makes it a workspace with the versions that the project itself is built with.
fn lay_out(folder: &Path, packages: &[(String, String)]) -> std::io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    fs::write(folder.join("Cargo.toml"), workspace(packages))?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).map(drop)
}

fn workspace(packages: &[(String, String)]) -> String {
    let mut text = "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n\n[patch.crates-io]\n".to_owned();
    for (name, version) in packages {
        text.push_str(&format!("{name} = {{ path = \"{name}-{version}\" }}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::workspace;

    #[test]
    fn packages_find_each_other() {
        let text = workspace(&[("a".to_owned(), "0.1.0".to_owned())]);
        assert!(text.ends_with("[patch.crates-io]\na = { path = \"a-0.1.0\" }\n"), "{text}");
    }
}
