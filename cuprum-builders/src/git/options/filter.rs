//! Which objects a partial clone leaves out, and how a strategy decides.

use std::ffi::OsString;

use cuprum::ArgValue;
use cuprum::spec::Operand;

use super::{DiffAlgorithm, Similarity};
use crate::args::Pathspec;

/// Which objects are left out, to be fetched when they are needed (git-rev-list(1), `--filter`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ObjectFilter {
    /// The contents of files.
    Blobs,
    /// The contents of files that have so many bytes or more.
    BlobsFrom(u64),
    /// Trees and files that are so many levels down or more; 0 leaves only commits.
    TreesFrom(u32),
}

/// `blob:none`, `blob:limit=1024`, `tree:1`
impl ArgValue for ObjectFilter {
    fn to_os(&self) -> OsString {
        match self {
            Self::Blobs => "blob:none".into(),
            Self::BlobsFrom(size) => format!("blob:limit={size}").into(),
            Self::TreesFrom(depth) => format!("tree:{depth}").into(),
        }
    }
}

impl Operand for ObjectFilter {}

/// How a strategy decides (git-merge(1), "Merge Strategies").
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StrategyOption {
    /// Ours, where both changed the same lines.
    Ours,
    /// Theirs, where both changed the same lines.
    Theirs,
    /// White space at the ends of lines is no change.
    IgnoreSpaceAtEol,
    /// A carriage return at the end of a line is no change.
    IgnoreCrAtEol,
    /// How much white space there is is no change.
    IgnoreSpaceChange,
    /// White space is no change.
    IgnoreAllSpace,
    /// Line ends are converted before versions are joined.
    Renormalize,
    /// They are not.
    NoRenormalize,
    /// Renamed files are not looked for.
    NoRenames,
    /// Renamed files are looked for, from this similarity on.
    FindRenames(Similarity),
    /// Versions are compared by this.
    DiffAlgorithm(DiffAlgorithm),
    /// The other tree is this directory of ours.
    Subtree(Pathspec),
}

/// The word of git, with `=` and the value.
impl ArgValue for StrategyOption {
    fn to_os(&self) -> OsString {
        let with = |name: &str, value: OsString| {
            let mut word = OsString::from(name);
            word.push(value);
            word
        };
        match self {
            Self::Ours => "ours".into(),
            Self::Theirs => "theirs".into(),
            Self::IgnoreSpaceAtEol => "ignore-space-at-eol".into(),
            Self::IgnoreCrAtEol => "ignore-cr-at-eol".into(),
            Self::IgnoreSpaceChange => "ignore-space-change".into(),
            Self::IgnoreAllSpace => "ignore-all-space".into(),
            Self::Renormalize => "renormalize".into(),
            Self::NoRenormalize => "no-renormalize".into(),
            Self::NoRenames => "no-renames".into(),
            Self::FindRenames(similarity) => with("find-renames=", similarity.to_os()),
            Self::DiffAlgorithm(algorithm) => with("diff-algorithm=", algorithm.to_os()),
            Self::Subtree(path) => with("subtree=", path.to_os()),
        }
    }
}

impl Operand for StrategyOption {}

/// What a forced push expects to find (git-push(1), `--force-with-lease`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Lease {
    name: crate::args::GitRef,
    expected: Option<crate::args::CommitHash>,
}

impl Lease {
    /// Expects the ref at this commit.
    pub fn at(name: crate::args::GitRef, commit: crate::args::CommitHash) -> Self {
        Self { name, expected: Some(commit) }
    }

    /// Expects that there is no such ref.
    pub fn missing(name: crate::args::GitRef) -> Self {
        Self { name, expected: None }
    }
}

/// `name:commit`, or `name:` for none.
impl ArgValue for Lease {
    fn to_os(&self) -> OsString {
        let expected = self.expected.as_ref().map_or("", |commit| commit.as_str());
        format!("{}:{expected}", self.name).into()
    }
}

impl Operand for Lease {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::{CommitHash, GitRef};

    #[test]
    fn values_are_written_as_git_reads_them() {
        assert_eq!(ObjectFilter::BlobsFrom(1024).to_os(), "blob:limit=1024");
        assert_eq!(StrategyOption::FindRenames(Similarity::percent(200)).to_os(), "find-renames=100%");
        let name = GitRef::new("main").unwrap();
        assert_eq!(Lease::missing(name.clone()).to_os(), "main:");
        let commit = CommitHash::new("a".repeat(40)).unwrap();
        assert_eq!(Lease::at(name, commit).to_os(), format!("main:{}", "a".repeat(40)).as_str());
    }
}
