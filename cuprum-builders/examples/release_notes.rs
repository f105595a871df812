//! Writes release notes from the log: what changed since the last tag, by kind, and who did it.
//!
//! ```text
//! release_notes [DIRECTORY [FROM [TO]]]
//! ```
//!
//! Subjects like `feat: …`, `fix(parser): …` and `feat!: …` are sorted by their words, all others stand under
//! "Changes". `FROM` is the last tag by default, and everything if there is none; `TO` is `HEAD`.

use std::collections::BTreeMap;
use std::process::ExitCode;

use cuprum_builders::args::{Revision, RevisionRange};
use cuprum_builders::git::{self, Commit, FailureKind, Repo};
use cuprum_builders::prelude::*;

/// Whatever goes wrong here already says what it is about.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// What a word before the colon stands for, in the order of the notes.
const KINDS: &[(&str, &str)] =
    &[("feat", "New"), ("fix", "Fixed"), ("perf", "Faster"), ("docs", "Documentation")];
const BREAKING: &str = "Breaking";
const OTHERS: &str = "Changes";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        words if words.contains(&"--help") => return usage(),
        [] => notes(".", None, None),
        [directory] => notes(directory, None, None),
        [directory, from] => notes(directory, Some(from), None),
        [directory, from, to] => notes(directory, Some(from), Some(to)),
        _ => return usage(),
    };
    match result {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("release_notes: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: release_notes [DIRECTORY [FROM [TO]]]");
    ExitCode::from(2)
}

fn notes(directory: &str, from: Option<&str>, to: Option<&str>) -> Result<String> {
    let repo = Repo::trusted(directory)?;
    // What comes from outside is checked here, and nowhere else: it can be no option.
    let to = Revision::new(to.unwrap_or("HEAD"))?;
    let from = match from {
        Some(from) => Some(Revision::new(from)?),
        None => last_tag(&repo, &to)?,
    };
    let range = match &from {
        Some(from) => RevisionRange::new(format!("{from}..{to}"))?,
        None => RevisionRange::from(to),
    };
    let log = repo.command(git::log().no_merges().range(range)).run_sync()?;
    Ok(written(from.as_ref(), log.commits()))
}

/// Returns the nearest tag, if there is any.
fn last_tag(repo: &Repo, to: &Revision) -> Result<Option<Revision>> {
    match repo.command(git::describe().tags().commit(to.clone())).run_sync() {
        Ok(found) => Ok(found.tag.map(|tag| Revision::new(tag.to_str_lossy().as_ref())).transpose()?),
        Err(error) if error.git().is_some_and(|failure| failure.kind() == FailureKind::NoNames) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn written(from: Option<&Revision>, commits: &[Commit]) -> String {
    let mut sections: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut people: BTreeMap<String, usize> = BTreeMap::new();
    for commit in commits {
        let subject = commit.subject().to_string();
        let (place, text) = sorted(&subject);
        let id: String = commit.id.to_string().chars().take(10).collect();
        sections.entry(place).or_default().push(format!("- {text} ({id})\n"));
        *people.entry(commit.author.name.to_string()).or_default() += 1;
    }
    let since = from.map_or("the beginning".to_owned(), ToString::to_string);
    let mut text = format!("# Since {since}: {} changes\n", commits.len());
    for (place, lines) in sections {
        text += &format!("\n## {}\n\n{}", title(place), lines.concat());
    }
    let mut people: Vec<(String, usize)> = people.into_iter().collect();
    people.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), name.clone()));
    let people: Vec<String> = people.into_iter().map(|(name, count)| format!("{name} ({count})")).collect();
    if !people.is_empty() {
        text += &format!("\nThanks to {}.\n", people.join(", "));
    }
    text
}

/// Tells in which section a subject stands, and what is left of it there.
fn sorted(subject: &str) -> (usize, &str) {
    let others = (KINDS.len() + 1, subject);
    let Some((before, text)) = subject.split_once(": ") else { return others };
    let (word, is_breaking) = match before.strip_suffix('!') {
        Some(word) => (word, true),
        None => (before, false),
    };
    let kind = word.split('(').next().unwrap_or(word);
    match KINDS.iter().position(|(known, _)| *known == kind) {
        Some(_) if is_breaking => (0, text),
        Some(place) => (place + 1, text),
        None => others,
    }
}

fn title(place: usize) -> &'static str {
    match place.checked_sub(1) {
        None => BREAKING,
        Some(place) => KINDS.get(place).map_or(OTHERS, |(_, title)| title),
    }
}
