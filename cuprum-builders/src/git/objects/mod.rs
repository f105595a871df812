//! Objects as git stores them, and what rules say about paths.

mod cat_file;
mod checks;
mod reader;
mod tree;

use cuprum::Command as _;
use cuprum::spec::CommandSpec;

pub use self::cat_file::{
    GitAllObjects, GitCatFile, GitCatFileBatch, GitCatFileCheck, GitCatFilePretty, GitObjectExists,
    GitObjectSize, GitObjectType, all_objects, cat_file, cat_file_batch, cat_file_check, cat_file_pretty,
    object_exists, object_size, object_type,
};
pub use self::checks::{GitCheckAttr, GitCheckIgnore, check_attr, check_ignore};
pub use self::reader::{
    Answers, Batch, BatchCommand, GitObjects, GitObjectsByBatch, ObjectContents, Objects, ObjectsError,
    Protocol, Requests, WaitContents, objects, objects_by_batch,
};
pub use self::tree::{
    ArchiveFormat, GitArchive, GitArchiveFormats, GitCountObjects, GitHashObject, GitLsTree, GitLsTreePaths,
    GitWriteObject, archive, archive_formats, count_objects, hash_object, ls_tree, ls_tree_paths,
    write_object,
};

/// The facts about the commands of this folder.
pub(super) const COMMANDS: &[&CommandSpec] = &[
    GitArchiveFormats::SPEC,
    GitCatFile::SPEC,
    GitCatFilePretty::SPEC,
    GitObjectExists::SPEC,
    GitObjectType::SPEC,
    GitObjectSize::SPEC,
    GitCatFileBatch::SPEC,
    GitCatFileCheck::SPEC,
    GitAllObjects::SPEC,
    GitObjects::SPEC,
    GitObjectsByBatch::SPEC,
    GitCheckIgnore::SPEC,
    GitCheckAttr::SPEC,
    GitLsTree::SPEC,
    GitLsTreePaths::SPEC,
    GitArchive::SPEC,
    GitHashObject::SPEC,
    GitWriteObject::SPEC,
    GitCountObjects::SPEC,
];
