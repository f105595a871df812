//! Whether a program's file has the content that it is pinned to.

use std::path::{Path, PathBuf};

use super::lookup;
use super::permit::{Denial, is_same_file};
use crate::backend::{Backend, Digest};
use crate::context::Pin;
use crate::spec::{Environment, Layer, ProgramSpec};

/// Checks the file of `program` against the pins that are about it.
pub(super) fn check<'f>(
    pins: &[Pin],
    program: &ProgramSpec,
    backend: &dyn Backend,
    file: &mut dyn FnMut() -> Result<&'f Path, ()>,
) -> Result<(), Denial> {
    for pin in pins {
        // A program that is not there is missing, and has no digest.
        let Ok(file) = file() else { return Ok(()) };
        let is_about = program.is_found_like(pin.program)
            || pinned_file(pin, backend).is_some_and(|other| is_same_file(file, &other, backend));
        if !is_about {
            continue;
        }
        let found = backend.digest(file).map_err(|error| Denial {
            layer: Layer::Digest,
            reason: format!("{} cannot be read to compare its digest: {error}", file.display()),
            hint: None,
        })?;
        if !pin.digests.contains(&found) {
            return Err(denied(pin, file, &found));
        }
    }
    Ok(())
}

fn denied(pin: &Pin, file: &Path, found: &Digest) -> Denial {
    let pinned: Vec<String> = pin.digests.iter().map(Digest::to_string).collect();
    let pinned = if pinned.is_empty() { "none".to_owned() } else { pinned.join(", ") };
    Denial {
        layer: Layer::Digest,
        reason: format!("{} has the digest {found}, and pinned is {pinned}", file.display()),
        hint: Some("if the file was meant to change, pin its new digest: `Cx::with_digests`".to_owned()),
    }
}

fn pinned_file(pin: &Pin, backend: &dyn Backend) -> Option<PathBuf> {
    let joined = super::environment::joined(pin.program, &Environment::new(), Environment::new(), backend);
    lookup::resolve(pin.program, &joined, backend).ok()
}
