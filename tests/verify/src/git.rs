//! Asks the installed git which options its commands know.

use std::path::Path;

use crate::option::{Opt, Value, add};
use crate::run::{Answer, ask};
use crate::usage;

/// Commands that know the options of `git diff`, too, and name none of them.
const DIFFS: [&str; 7] = ["diff", "log", "show", "diff-tree", "diff-index", "stash show", "format-patch"];

/// Commands that know the options of `git rev-list`, too.
const WALKS: [&str; 4] = ["log", "show", "rev-list", "shortlog"];

/// Commands that say what they know for each of their subcommands, which the builders write as options.
const CONFIG: [&str; 4] = ["get", "list", "set", "unset"];

/// Returns the options of a command. In the directory is a repository.
pub(crate) fn options(command: &[&str], dir: &Path) -> Result<Vec<Opt>, cuprum::Error> {
    let name = command.join(" ");
    let mut options = Vec::new();
    let mut read = |words: &[&str]| -> Result<(), cuprum::Error> {
        let Answer { text, .. } = ask("git", words, dir)?;
        usage::git(&text).into_iter().for_each(|option| add(&mut options, option));
        Ok(())
    };
    match command {
        ["submodule", sub] => {
            let Answer { text, .. } = ask("git", &["submodule", "-h"], dir)?;
            let line = text.lines().find(|line| line.split(' ').any(|word| word == *sub));
            let line = line.and_then(|line| line.split_once(&format!(" {sub}"))).map_or("", |(_, rest)| rest);
            return Ok(usage::brackets(line));
        }
        ["bisect", ..] => {
            // What another command began would have its own terms.
            ask("git", &["bisect", "reset"], dir)?;
            let Answer { text, .. } = ask("git", &["bisect", "-h"], dir)?;
            let sub = command.get(1).map(|sub| format!("git bisect {sub} "));
            let line =
                text.lines().find_map(|line| line.split_once(sub.as_deref()?)).map_or("", |(_, rest)| rest);
            // It names an option and another name of it in one.
            return Ok(usage::brackets(&line.replace("(new|bad)", "new").replace("(old|good)", "old")));
        }
        ["config"] => {
            for sub in CONFIG {
                read(&["config", sub, "-h"])?;
            }
            return Ok(options);
        }
        // Words that are no option it prints as they are.
        ["rev-parse"] => return Ok(options),
        ["rev-list"] => {}
        _ => read(&[command, &["-h"]].concat())?,
    }
    if DIFFS.contains(&name.as_str()) {
        read(&["diff", "--no-index", "-h"])?;
    }
    if WALKS.contains(&name.as_str()) {
        // It is written by hand, and does not tell of values that can be left out.
        let Answer { text, .. } = ask("git", &["rev-list", "-h"], dir)?;
        for mut option in usage::git(&text) {
            if option.value == Value::None {
                option.value = Value::Optional;
            }
            add(&mut options, option);
        }
    }
    let helper = ask("git", &[command, &["--git-completion-helper-all"]].concat(), dir)?;
    if helper.code == Some(0) {
        for option in helper.text.split_whitespace().filter_map(completion) {
            let positive = option.names.iter().find_map(|name| name.strip_prefix("no-"));
            match positive.and_then(|name| options.iter_mut().find(|known| known.is_exactly(name))) {
                Some(known) => known.negatable = true,
                None => add(&mut options, option),
            }
        }
    }
    Ok(options)
}

/// Reads a word such as `--depth=` or `--quiet`, of which git does not say whether it takes a value.
fn completion(word: &str) -> Option<Opt> {
    let name = word.strip_prefix("--").filter(|name| !name.is_empty())?;
    let (name, value) = match name.strip_suffix('=') {
        Some(name) => (name, Value::Required),
        None if name.starts_with("no-") => (name, Value::None),
        None => (name, Value::Optional),
    };
    Some(Opt { names: vec![name.to_owned()], value, negatable: false })
}
