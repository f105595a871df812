//! The fixed words that attributes choose from: tiers, styles, dangers.

use syn::LitStr;

use crate::errors::Errors;
use crate::model::{Danger, Style, Tier};
use crate::parse::Entries;

pub(super) fn tier(entries: &Entries, errors: &mut Errors) -> Option<Tier> {
    let name = entries.name("tier")?;
    match name.to_string().as_str() {
        "read" => Some(Tier::Read),
        "write" => Some(Tier::Write),
        "destructive" => Some(Tier::Destructive),
        other => {
            errors.on(name, format!("unknown tier `{other}`: one of `read`, `write`, `destructive`"));
            None
        }
    }
}

pub(super) fn style(entries: &Entries, errors: &mut Errors) -> Option<Style> {
    let text = entries.text("style")?;
    match text.value().as_str() {
        "equals" => Some(Style::Equals),
        "space" => Some(Style::Space),
        "attached" => Some(Style::Attached),
        other => {
            let message = format!(
                "unknown style `{other}`: one of `equals` (--k=v), `space` (--k v), `attached` (-kv)"
            );
            errors.on(text, message);
            None
        }
    }
}

/// Returns the style of a whole program or struct, which is that of its long options.
pub(super) fn long_style(entries: &Entries, errors: &mut Errors) -> Option<Style> {
    let style = style(entries, errors)?;
    if style == Style::Attached {
        errors.on(entries.text("style"), ATTACHED_LONG);
        return None;
    }
    Some(style)
}

pub(super) const ATTACHED_LONG: &str =
    "`attached` is for short options: `--depthVALUE` would be another option";

pub(super) fn danger(entries: &Entries, errors: &mut Errors) -> Option<Danger> {
    let text = entries.text("danger")?;
    match text.value().as_str() {
        "exec" => Some(Danger::Exec),
        "write" => Some(Danger::Write),
        "net" => Some(Danger::Net),
        "loss" => Some(Danger::Loss),
        other => {
            errors.on(text, format!("unknown danger `{other}`: one of `exec`, `write`, `net`, `loss`"));
            None
        }
    }
}

/// Returns the version of `since`, which is numbers and dots.
pub(super) fn since(entries: &Entries, errors: &mut Errors) -> Option<LitStr> {
    let text = entries.text("since")?;
    if !is_version(&text.value()) {
        errors.on(text, "a version is numbers and dots: `2.25`");
        return None;
    }
    Some(text.clone())
}

/// Returns whether a text is a version: numbers and dots.
pub(super) fn is_version(text: &str) -> bool {
    text.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}
