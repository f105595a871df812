//! Generates a crate for each variant, and has cargo check and expand it.
//!
//! The crates lie in the target folder and are a workspace of their own, so that the peers never get into
//! the lock file of the library. They begin with its versions: what they share with it is the same code.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::variants::{VARIANTS, Variant};
use crate::Failure;
use crate::tools::{Finished, Stopwatch, Tool, root, target};

/// The generated crates.
pub(super) struct Crates(PathBuf);

/// The lines that a variant becomes, as the compiler prints them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lines {
    pub(super) code: usize,
    pub(super) docs: usize,
}

impl Crates {
    /// Writes all crates, and fetches what they depend on unless it is there.
    pub(super) fn generate() -> Result<Self, Failure> {
        let crates = Self(target().join("xtask/compile"));
        let packages: Vec<&str> = VARIANTS.iter().map(|variant| variant.package).collect();
        crates.write("Cargo.toml", &format!("[workspace]\nresolver = \"3\"\nmembers = {packages:?}\n"))?;
        let lock = root().join("Cargo.lock");
        let lock = fs::read_to_string(&lock).map_err(|error| failure("read", &lock, &error))?;
        crates.write("Cargo.lock", &lock)?;
        for variant in VARIANTS {
            let dependency = variant.dependency.replace("{root}", &root().display().to_string());
            let manifest = format!(
                "[package]\nname = \"{}\"\nedition = \"2024\"\n\n[dependencies]\n{dependency}\n",
                variant.package
            );
            crates.write(&format!("{}/Cargo.toml", variant.package), &manifest)?;
            crates.write_source(variant)?;
        }
        if !crates.cargo(&["fetch", "--offline"]).captured()?.success {
            succeeded(crates.cargo(&["fetch"]))?;
        }
        Ok(crates)
    }

    /// Checks one crate anew and returns how long that took: all of cargo, and of the compiler all that it
    /// does for this crate. Its dependencies are ready, except at the first time.
    ///
    /// The compiler keeps nothing between two checks: the source is written anew, but it is the same, and
    /// incremental compilation would skip what was to be measured.
    pub(super) fn check(&self, variant: &Variant) -> Result<Duration, Failure> {
        self.write_source(variant)?;
        let cargo = self.cargo(&["check", "--offline", "--package", variant.package]);
        let cargo = cargo
            .env("CARGO_INCREMENTAL", "0")
            .args(["--target-dir".as_ref(), self.0.join("check").as_os_str()]);
        let watch = Stopwatch::start();
        succeeded(cargo)?;
        Ok(watch.read())
    }

    /// Counts the lines of one crate after all macros.
    ///
    /// Only nightly compilers print them; a stable one does for the crates that the variable names. The
    /// folder is another one, since build scripts of dependencies look at the variable and run again.
    pub(super) fn expand(&self, variant: &Variant) -> Result<Lines, Failure> {
        let names: Vec<String> = VARIANTS.iter().map(|variant| variant.package.replace('-', "_")).collect();
        let cargo = self.cargo(&["rustc", "--profile", "check", "--offline", "--package", variant.package]);
        let cargo = cargo.args(["--target-dir".as_ref(), self.0.join("expand").as_os_str()]);
        let cargo = cargo.args(["--", "-Zunpretty=expanded"]).env("RUSTC_BOOTSTRAP", &names.join(","));
        let expanded = cargo.stdout()?;
        if expanded.success {
            return Ok(Lines::of(&expanded.output));
        }
        Err(Failure::Failed(format!("the compiler does not expand {}", variant.package)))
    }

    fn cargo(&self, args: &[&str]) -> Tool {
        Tool::cargo().args(args).args(["--quiet", "--manifest-path"]).args([self.0.join("Cargo.toml")])
    }

    fn write_source(&self, variant: &Variant) -> Result<(), Failure> {
        self.write(&format!("{}/src/lib.rs", variant.package), &variant.source())
    }

    fn write(&self, path: &str, text: &str) -> Result<(), Failure> {
        let path = self.0.join(path);
        let folder = path.parent().unwrap_or(&path);
        fs::create_dir_all(folder).map_err(|error| failure("make", folder, &error))?;
        fs::write(&path, text).map_err(|error| failure("write", &path, &error))
    }
}

impl Lines {
    fn of(source: &str) -> Self {
        let mut lines = Self { code: 0, docs: 0 };
        let mut in_doc = false;
        for line in source.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let is_attribute = in_doc || line.starts_with("#[doc =");
            // A long text stands on lines of its own.
            in_doc = is_attribute && !line.ends_with(']');
            match is_attribute || line.starts_with("///") {
                true => lines.docs += 1,
                false => lines.code += 1,
            }
        }
        lines
    }
}

fn succeeded(cargo: Tool) -> Result<(), Failure> {
    match cargo.captured()? {
        Finished { success: true, .. } => Ok(()),
        Finished { output, .. } => {
            Err(Failure::Failed(format!("{output}\na generated crate does not check")))
        }
    }
}

fn failure(what: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::Failed(format!("cannot {what} {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn lines_of_docs_are_counted_apart_and_empty_ones_not_at_all() {
        let source = "struct A;\n\n/// A.\nimpl A {\n    #[doc = \"B.\"]\n    fn b() {}\n}\n#[doc =\n\"C.\"]\nstruct C;\n";
        assert_eq!(Lines::of(source), Lines { code: 5, docs: 4 });
    }
}
