//! The files of the workspace, as git knows them: tracked, or new and not ignored.

use crate::Failure;
use crate::tools::{Tool, root};

/// Folders whose files are the exact bytes that a test expects.
const FIXTURES: &[&str] = &["cases", "fixtures", "snapshots", "ui"];

/// A file: its path from the top of the workspace, and its text unless it is binary.
#[derive(Debug)]
pub(super) struct File {
    pub(super) path: String,
    pub(super) text: Option<String>,
}

#[derive(Debug)]
pub(super) struct Tree(Vec<File>);

impl Tree {
    pub(super) fn read() -> Result<Self, Failure> {
        let listed = Tool::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"])
            .stdout()?;
        if !listed.success {
            return Err(Failure::Failed(
                "tidy asks git for the files, but this is no git checkout".to_owned(),
            ));
        }
        let mut files = Vec::new();
        for path in listed.output.split('\0').filter(|path| !path.is_empty()) {
            // A file that was removed and is not committed yet is still listed.
            if let Ok(bytes) = std::fs::read(root().join(path)) {
                let text = String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
                files.push(File { path: path.to_owned(), text });
            }
        }
        Ok(Self(files))
    }

    /// Returns every file that has a text.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|file| Some((file.path.as_str(), file.text.as_deref()?)))
    }

    /// Returns every file that has a text and is not a fixture.
    pub(super) fn written(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts().filter(|(path, _)| !path.split('/').any(|part| FIXTURES.contains(&part)))
    }

    /// Returns the text of a file, or nothing if it is not there.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.texts().find(|(other, _)| *other == path).map(|(_, text)| text)
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|file| file.path.as_str())
    }

    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let file = |&(path, text): &(&str, &str)| File { path: path.to_owned(), text: Some(text.to_owned()) };
        Self(files.iter().map(file).collect())
    }
}
