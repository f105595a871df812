//! The options of tar and rsync: each is offered, or there is a reason why not; each is written as the
//! program takes it.
//!
//! `cases/options` has a line for each option that the programs list for themselves (GNU tar 1.34, rsync
//! 3.5.0): its name, whether it takes a value, and a value that is taken.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command as Process;

use cuprum::spec::{Arg, ArgKind, CommandSpec};
use cuprum_builders::{rsync, tar};

/// Options of tar that are not offered, and why.
const NOT_OFFERED_TAR: &[(&str, &str)] = &[
    ("after-date", "the same as `newer`"),
    ("catenate", "the same as `concatenate`"),
    ("compare", "the same as `diff`"),
    ("confirmation", "the same as `interactive`"),
    ("get", "the same as `extract`"),
    ("gunzip", "the same as `gzip`"),
    ("help", "prose"),
    ("new-volume-script", "the same as `info-script`"),
    ("no-null", "lists of names are always closed by NUL"),
    ("no-quote-chars", "names are escaped in one way only, so that they can be read"),
    ("no-verbatim-files-from", "names in lists are never options"),
    ("old-archive", "the same as `format=v7`"),
    ("portability", "the same as `format=v7`"),
    ("posix", "the same as `format=posix`"),
    ("preserve-permissions", "the same as `same-permissions`"),
    ("same-order", "the same as `preserve-order`"),
    ("show-stored-names", "the same as `show-transformed-names`"),
    ("uncompress", "the same as `compress`"),
    ("ungzip", "the same as `gzip`"),
    ("unquote", "names are taken as they stand"),
    ("usage", "prose"),
    ("utc", "the zone of the program is UTC"),
    ("verbatim-files-from", "`null` says so, too"),
    ("xform", "the same as `transform`"),
];

/// Options of rsync that are not offered, and why.
const NOT_OFFERED_RSYNC: &[(&str, &str)] = &[
    ("del", "the same as `delete-during`"),
    ("help", "prose"),
    ("human-readable", "numbers are read"),
    ("i-r", "the same as `inc-recursive`"),
    ("ignore-non-existing", "the same as `existing`"),
    ("itemize-changes", "`out-format` has the same letters"),
    ("no-i-r", "the same as `no-inc-recursive`"),
    ("old-d", "the same as `old-dirs`"),
    ("progress", "`info=progress2` tells of the whole transfer"),
];

/// Short names that commands always write.
const SHORT: &[(&str, &str)] = &[("-s", "secluded-args")];

/// How a program takes an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    Nothing,
    Value,
    MaybeValue,
}

struct Known {
    takes: Takes,
    sample: &'static str,
}

fn known(lines: &'static str) -> BTreeMap<&'static str, Known> {
    lines.lines().map(known_line).collect()
}

fn known_line(line: &'static str) -> (&'static str, Known) {
    let (name, rest) = line.split_once(' ').unwrap();
    let (kind, sample) = rest.split_once(' ').unwrap_or((rest, ""));
    let takes = match kind {
        "value" => Takes::Value,
        "optional" => Takes::MaybeValue,
        _ => Takes::Nothing,
    };
    (name, Known { takes, sample })
}

/// The arguments of a command, with those of the sets in it.
fn flattened(args: &'static [Arg], into: &mut Vec<&'static Arg>) {
    for arg in args {
        match arg.kind() {
            ArgKind::Group(set) => flattened(set, into),
            _ => into.push(arg),
        }
    }
}

fn args_of(spec: &CommandSpec) -> Vec<&'static Arg> {
    let mut args = Vec::new();
    flattened(spec.args(), &mut args);
    args
}

/// The long names that a command can write, with what it writes behind each.
fn offered(commands: impl Iterator<Item = &'static CommandSpec>) -> BTreeMap<&'static str, Takes> {
    let mut offered = BTreeMap::new();
    for spec in commands {
        for word in spec.fixed().iter().copied().flatten() {
            match word.strip_prefix("--") {
                Some(long) => match long.split_once('=') {
                    Some((name, _)) => offered.insert(name, Takes::Value),
                    None => offered.insert(long, Takes::Nothing),
                },
                None => {
                    let (_, name) = SHORT.iter().find(|(short, _)| short == word).unwrap();
                    offered.insert(name, Takes::Nothing)
                }
            };
        }
        for arg in args_of(spec) {
            let takes = match arg.kind() {
                ArgKind::Flag | ArgKind::Count => Takes::Nothing,
                ArgKind::OptionalValue => Takes::MaybeValue,
                _ => Takes::Value,
            };
            offered.extend(arg.long().map(|name| (name, takes)));
            offered.extend(arg.negation().map(|name| (name, Takes::Nothing)));
        }
    }
    offered
}

#[track_caller]
fn check(
    commands: impl Iterator<Item = &'static CommandSpec>,
    lines: &'static str,
    not_offered: &[(&'static str, &str)],
    hidden: &[&str],
) {
    let (known, offered) = (known(lines), offered(commands));
    let left_out: BTreeSet<&str> = not_offered.iter().map(|(name, _)| *name).collect();
    for (name, option) in &known {
        match (offered.get(name), left_out.contains(name)) {
            (Some(takes), false) => assert_eq!(*takes, option.takes, "--{name}"),
            (None, true) => {}
            (Some(_), true) => panic!("--{name} is offered, and there is a reason why it is not"),
            (None, false) => panic!("--{name} is not offered"),
        }
    }
    let unknown: Vec<_> = offered.keys().filter(|name| !known.contains_key(*name)).collect();
    let hidden: Vec<_> = hidden.iter().collect();
    assert_eq!(unknown, hidden, "the program does not list these");
    assert!(
        left_out.iter().all(|name| known.contains_key(name)),
        "the program does not list what is left out"
    );
}

#[test]
fn every_option_of_tar_is_offered_or_has_a_reason() {
    check(tar::commands(), include_str!("../cases/options/tar.txt"), NOT_OFFERED_TAR, &[]);
}

#[test]
fn every_option_of_rsync_is_offered_or_has_a_reason() {
    // Any option of rsync can be negated; these are used, and not listed.
    let negated = ["implied-dirs", "no-human-readable", "no-super"];
    check(rsync::commands(), include_str!("../cases/options/rsync.txt"), NOT_OFFERED_RSYNC, &negated);
}

/// Runs a program that reads its options and does nothing more.
#[expect(
    clippy::disallowed_methods,
    reason = "the program is the oracle here, and no part of what is tested"
)]
fn usage_error(program: &str, words: &[String]) -> Option<String> {
    let dir = tempfile::tempdir().unwrap();
    let output = Process::new(program)
        .current_dir(dir.path())
        .args(words)
        .env("LC_ALL", "C")
        .env_remove("TAR_OPTIONS")
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    // What the system lacks is a known option all the same.
    (!output.status.success() && !error.contains("does not support")).then_some(error)
}

#[expect(clippy::disallowed_methods, reason = "as above")]
fn version_is(program: &str, start: &str) -> bool {
    Process::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|output| output.stdout.starts_with(start.as_bytes()))
}

/// Asks the program to take each option alone, with a value if it is written with one.
fn ask(
    program: &str,
    commands: impl Iterator<Item = &'static CommandSpec>,
    lines: &'static str,
    end: &str,
    since: fn(&Arg) -> bool,
) {
    let known = known(lines);
    let mut asked = BTreeSet::new();
    for arg in commands.flat_map(args_of).filter(|arg| since(arg)) {
        let mut forms = Vec::new();
        if let Some(long) = arg.long() {
            let sample = known.get(long).map_or("", |option| option.sample);
            match arg.kind() {
                ArgKind::Flag | ArgKind::Count => forms.push(format!("--{long}")),
                ArgKind::OptionalValue => forms.extend([format!("--{long}"), format!("--{long}={sample}")]),
                _ => forms.push(format!("--{long}={sample}")),
            }
        }
        forms.extend(arg.negation().map(|name| format!("--{name}")));
        for form in forms {
            if asked.insert(form.clone())
                && let Some(error) = usage_error(program, &[form.clone(), end.to_owned()])
            {
                panic!("{program} {form}: {error}");
            }
        }
    }
    assert!(asked.len() > 100, "only {} options were asked for", asked.len());
}

#[test]
fn tar_takes_every_option_as_it_is_written() {
    if version_is("tar", "tar (GNU tar)") {
        ask("tar", tar::commands(), include_str!("../cases/options/tar.txt"), "--show-defaults", |_| true);
    }
}

#[test]
fn rsync_takes_every_option_as_it_is_written() {
    // An older one than the list need not know what came later.
    let newest = version_is("rsync", "rsync  version 3.5");
    if newest || version_is("rsync", "rsync  version 3.") {
        let always = |_: &Arg| true;
        let old = |arg: &Arg| arg.since().is_none();
        ask(
            "rsync",
            rsync::commands(),
            include_str!("../cases/options/rsync.txt"),
            "--version",
            if newest { always } else { old },
        );
    }
}
