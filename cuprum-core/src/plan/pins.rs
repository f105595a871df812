//! Whether a program's file has the content that it is pinned to.

use std::path::Path;

use super::permit::{Asked, Denial};
use crate::backend::Digest;
use crate::context::Pin;
use crate::spec::Layer;

/// Checks the program's file against the pins that are about it.
pub(super) fn check(pins: &[Pin], asked: &Asked<'_>) -> Result<(), Denial> {
    for pin in pins {
        // A program that is not there is missing, and has no digest.
        let Ok(file) = asked.file() else { return Ok(()) };
        if !asked.is_named_in(&pin.program) && !asked.is_in(&pin.program) && !asked.is_linked_to(&pin.program)
        {
            continue;
        }
        let found = asked.backend().digest(file).map_err(|error| Denial {
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
