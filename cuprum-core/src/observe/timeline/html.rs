//! The page: one file that loads nothing and shows text as text.

use std::time::{Duration, SystemTime};

use serde::Serialize;

use super::facts;
use super::rows::{Row, Rows};

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The SHA-256 of the style and of the script, by which the page allows these two and nothing else
/// ([Content Security Policy](https://www.w3.org/TR/CSP3/#grammardef-hash-source)).
const STYLE_HASH: &str = "sha256-rwILwdlkWrRS0NzH0p/KIj0iVTeI0B6iCQ2tdjbKhWE=";
const SCRIPT_HASH: &str = "sha256-RPZeycJwfriwVBC+jp3JAtSg/PKqdBqhu/e91sqUG2E=";

/// What the script reads.
#[derive(Serialize)]
struct Told<'a> {
    /// In milliseconds since 1970.
    start: u64,
    /// In microseconds, as all times below.
    length: u64,
    unseen: u64,
    rows: Vec<ToldRow<'a>>,
}

#[derive(Serialize)]
struct ToldRow<'a> {
    parent: Option<usize>,
    group: bool,
    name: &'a str,
    words: String,
    line: String,
    planned: u64,
    started: Option<u64>,
    ended: Option<u64>,
    state: &'static str,
    status: String,
    facts: Vec<(String, String)>,
    marks: Vec<ToldMark<'a>>,
    unseen: u64,
}

#[derive(Serialize)]
struct ToldMark<'a> {
    at: u64,
    kind: &'static str,
    text: &'a str,
}

/// Writes the page.
pub(super) fn page(title: &str, rows: &Rows) -> String {
    let start = rows.origin.and_then(|origin| origin.duration_since(SystemTime::UNIX_EPOCH).ok());
    let told = Told {
        start: start.map_or(0, |start| u64::try_from(start.as_millis()).unwrap_or(u64::MAX)),
        length: micros(rows.length),
        unseen: rows.unseen,
        rows: rows.list.iter().map(told).collect(),
    };
    // It is made of texts and numbers, which are always written.
    let json = serde_json::to_string(&told).unwrap_or_default();
    fill(&[
        ("style-hash", STYLE_HASH),
        ("script-hash", SCRIPT_HASH),
        ("title", &escaped(title)),
        ("style", STYLE),
        ("data", &in_script(&json)),
        ("script", SCRIPT),
    ])
}

fn told(row: &Row) -> ToldRow<'_> {
    let (name, words) = facts::name(row);
    let marks = row.marks.iter();
    ToldRow {
        parent: row.parent,
        group: row.what.holds_others(),
        name,
        words,
        line: facts::line(row),
        planned: micros(row.planned),
        started: row.started.map(micros),
        ended: row.ended.map(micros),
        state: row.state().name(),
        status: row.status(),
        facts: facts::facts(row),
        marks: marks
            .map(|mark| ToldMark { at: micros(mark.at), kind: mark.kind, text: &mark.text })
            .collect(),
        unseen: row.unseen,
    }
}

/// Puts the parts into the page. What a part holds is not looked at again.
fn fill(parts: &[(&str, &str)]) -> String {
    let mut page = String::new();
    let mut rest = PAGE;
    while let Some((before, behind)) = rest.split_once("{{") {
        page.push_str(before);
        let (name, behind) = behind.split_once("}}").unwrap_or((behind, ""));
        page.push_str(parts.iter().find(|(known, _)| *known == name).map_or("", |(_, part)| part));
        rest = behind;
    }
    page + rest
}

/// Escapes text for HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Writes JSON so that nothing in it ends the element it stands in, or begins another one.
///
/// These characters are nowhere in JSON but in its strings, where an escape means the same.
fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

pub(super) fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
