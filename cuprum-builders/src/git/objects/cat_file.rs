//! `git cat-file`: objects as they are stored.

use cuprum::Command;

use crate::args::ObjectName;
use crate::git::{FoundObject, Git, ObjectKind, ObjectNames};

/// Returns the contents of an object (git-cat-file(1)); its type must be the one that is named.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "cat-file",
    fn = cat_file,
    separator = none,
    output = Vec<u8>,
    tier = read
)]
pub struct GitCatFile {
    /// The type.
    #[arg(positional)]
    pub kind: ObjectKind,
    /// The object.
    #[arg(positional)]
    pub object: ObjectName,
}

/// Returns the contents of an object of any type; a tree as lines for people.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "cat-file",
    fixed("-p"),
    fn = cat_file_pretty,
    output = Vec<u8>,
    tier = read
)]
pub struct GitCatFilePretty {
    /// Shows people as the file `.mailmap` has them, or as commits do.
    #[arg(negatable, since = "2.38")]
    pub use_mailmap: Option<bool>,
    /// The object.
    #[arg(positional)]
    pub object: ObjectName,
}

/// Tells whether there is an object.
///
/// Outside of a repository git fails with the same exit code as for a name that it does not know; that is
/// an error all the same.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "cat-file",
    fixed("-e"),
    fn = object_exists,
    ok(0, 1, 128),
    output = bool,
    parse = crate::git::is_object,
    tier = read
)]
pub struct GitObjectExists {
    /// The object.
    #[arg(positional)]
    pub object: ObjectName,
}

/// Returns the type of an object.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "cat-file",
    fixed("-t"),
    fn = object_type,
    output = ObjectKind,
    parse = ObjectKind::read_one,
    tier = read
)]
pub struct GitObjectType {
    /// Takes a broken object, too.
    pub allow_unknown_type: bool,
    /// The object.
    #[arg(positional)]
    pub object: ObjectName,
}

/// Returns the size of an object.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "cat-file",
    fixed("-s"),
    fn = object_size,
    output = u64,
    parse = crate::git::size,
    tier = read
)]
pub struct GitObjectSize {
    /// Takes a broken object, too.
    pub allow_unknown_type: bool,
    /// The object.
    #[arg(positional)]
    pub object: ObjectName,
}

/// Returns many objects at once (git-cat-file(1), `--batch`).
///
/// Objects that are not there are in the list, as such.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "cat-file",
    fixed("--batch", "--buffer"),
    fn = cat_file_batch,
    output = Vec<FoundObject>,
    parse = FoundObject::read_list,
    tier = read
)]
pub struct GitCatFileBatch {
    /// The objects.
    #[arg(stdin)]
    pub objects: ObjectNames,
}

/// Tells the types and sizes of many objects at once (git-cat-file(1), `--batch-check`).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "cat-file",
    fixed("--batch-check", "--buffer"),
    fn = cat_file_check,
    output = Vec<FoundObject>,
    parse = FoundObject::read_checks,
    tier = read
)]
pub struct GitCatFileCheck {
    /// The objects.
    #[arg(stdin)]
    pub objects: ObjectNames,
}

/// Tells the types and sizes of all objects of the repository.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "cat-file",
    fixed("--batch-check", "--batch-all-objects", "--buffer"),
    fn = all_objects,
    output = Vec<FoundObject>,
    parse = FoundObject::read_checks,
    tier = read
)]
pub struct GitAllObjects {
    /// In the order that is fastest.
    pub unordered: bool,
}
