//! `git ls-tree`, `archive` and `hash-object`: trees and files.

use cuprum::{ArgValue, Command};

use crate::args::{GitDate, Pathspec, Revision, SafePath};
#[cfg(feature = "unchecked")]
use crate::git::unchecked;
use crate::git::{DirPrefix, Git, ObjectCount, ObjectId, ObjectKind, RawPath, RawText, TreeEntry};

/// Lists the files of a tree with their types and sizes (git-ls-tree(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "ls-tree",
    fixed(TreeEntry::FORMAT),
    fn = ls_tree,
    output = Vec<TreeEntry>,
    parse = TreeEntry::read_list,
    tier = read
)]
pub struct GitLsTree {
    /// Lists what is in subdirectories.
    #[arg(short = 'r')]
    pub recursive: bool,
    /// Lists the subdirectories, too.
    #[arg(short = 't', requires("recursive"))]
    pub trees: bool,
    /// Lists subdirectories only.
    #[arg(short = 'd')]
    pub only_trees: bool,
    /// Prints paths from the top of the tree, wherever git runs.
    pub full_name: bool,
    /// Lists the whole tree, wherever git runs.
    pub full_tree: bool,
    /// The tree, or a commit.
    #[arg(positional)]
    pub tree: Revision,
    /// Lists these files and directories only.
    #[arg(last)]
    pub paths: Vec<Pathspec>,
}

/// Lists the paths of a tree.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "ls-tree",
    fixed("-z", "--name-only"),
    fn = ls_tree_paths,
    output = Vec<RawPath>,
    parse = RawPath::read_list,
    tier = read
)]
pub struct GitLsTreePaths {
    /// Lists what is in subdirectories.
    #[arg(short = 'r')]
    pub recursive: bool,
    /// Lists the subdirectories, too.
    #[arg(short = 't', requires("recursive"))]
    pub trees: bool,
    /// Lists subdirectories only.
    #[arg(short = 'd')]
    pub only_trees: bool,
    /// Prints paths from the top of the tree, wherever git runs.
    pub full_name: bool,
    /// Lists the whole tree, wherever git runs.
    pub full_tree: bool,
    /// The tree, or a commit.
    #[arg(positional)]
    pub tree: Revision,
    /// Lists these files and directories only.
    #[arg(last)]
    pub paths: Vec<Pathspec>,
}

/// Returns an archive of a tree (git-archive(1)).
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "archive", fn = archive, output = Vec<u8>, tier = read)]
pub struct GitArchive {
    /// The form.
    #[arg(default = ArchiveFormat::Tar)]
    pub format: ArchiveFormat,
    /// A directory that everything is put below.
    pub prefix: Option<DirPrefix>,
    /// Follows `.gitattributes` of the work tree, too.
    pub worktree_attributes: bool,
    /// Names the files on standard error.
    pub verbose: bool,
    /// The time of files; by default that of the commit.
    #[arg(since = "2.42")]
    pub mtime: Option<GitDate>,
    /// Adds a file of this machine.
    #[arg(danger = "write")]
    pub add_file: Option<SafePath>,
    /// Options that run programs or write elsewhere.
    #[cfg(feature = "unchecked")]
    #[arg(flatten)]
    pub unchecked: unchecked::ArchiveUnchecked,
    /// The tree, or a commit.
    #[arg(positional)]
    pub tree: Revision,
    /// Takes these files and directories only.
    #[arg(last)]
    pub paths: Vec<Pathspec>,
}

/// The form of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum ArchiveFormat {
    /// A tar archive, not compressed.
    Tar,
    /// A zip archive.
    Zip,
}

/// Returns the id that contents would have (git-hash-object(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "hash-object",
    fixed("--stdin", "--no-filters"),
    fn = hash_object,
    output = ObjectId,
    parse = ObjectId::read,
    tier = read
)]
pub struct GitHashObject {
    /// The contents.
    #[arg(stdin)]
    pub contents: Vec<u8>,
}

/// Stores contents, and returns their id (git-hash-object(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "hash-object",
    fixed("-w", "--stdin", "--no-filters"),
    fn = write_object,
    output = ObjectId,
    parse = ObjectId::read,
    tier = write
)]
pub struct GitWriteObject {
    /// The type; a file by default.
    #[arg(short = 't')]
    pub kind: Option<ObjectKind>,
    /// The contents.
    #[arg(stdin)]
    pub contents: Vec<u8>,
}

/// Counts objects, and how much space they take (git-count-objects(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "count-objects",
    fixed("--verbose"),
    fn = count_objects,
    output = ObjectCount,
    parse = ObjectCount::read,
    tier = read
)]
pub struct GitCountObjects {}

/// Lists the forms of archives that git is configured to make; [`archive`] makes the first two only.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "archive",
    fixed("--list"),
    fn = archive_formats,
    output = Vec<RawText>,
    parse = RawText::read_lines,
    tier = read
)]
pub struct GitArchiveFormats {}
