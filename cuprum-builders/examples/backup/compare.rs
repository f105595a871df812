//! Compares what an archive lists with what comes out of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cuprum_builders::tar::{EntryKind, Listing};

/// A name, and the size of a regular file.
type Names = BTreeMap<PathBuf, Option<u64>>;

/// Compares names and sizes; returns how many names there are.
pub(crate) fn listing(listing: &Listing, folder: &Path) -> Result<usize, String> {
    let mut found = Names::new();
    walk(folder, folder, &mut found).map_err(|error| format!("{}: {error}", folder.display()))?;
    let listed = listing.iter().filter_map(|entry| {
        let name = entry.name.as_path().strip_prefix(".").ok()?;
        let size = matches!(entry.kind, EntryKind::File).then_some(entry.size);
        (!name.as_os_str().is_empty()).then(|| (name.components().collect(), size))
    });
    let listed: Names = listed.collect();
    let differing = |one: &Names, other: &Names| {
        one.iter().find(|(name, size)| other.get(*name) != Some(size)).map(|(name, _)| name.clone())
    };
    match differing(&listed, &found).or_else(|| differing(&found, &listed)) {
        Some(name) => Err(format!("the archive's list is wrong about {}", name.display())),
        None => Ok(listed.len()),
    }
}

fn walk(root: &Path, folder: &Path, found: &mut Names) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let metadata = fs::symlink_metadata(&path)?;
        let name = path.strip_prefix(root).unwrap_or(&path).to_owned();
        found.insert(name, metadata.is_file().then_some(metadata.len()));
        if metadata.is_dir() {
            walk(root, &path, found)?;
        }
    }
    Ok(())
}
