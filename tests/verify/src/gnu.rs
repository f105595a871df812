//! Asks the installed tar and rsync which options they know.

use std::path::Path;

use crate::option::{Opt, Value, add};
use crate::run::ask;
use crate::usage;

/// Returns the options of a tool that lists all of them by `--help`.
pub(crate) fn options(tool: &str, dir: &Path) -> Result<Vec<Opt>, cuprum::Error> {
    let mut options = usage::gnu(&ask(tool, &["--help"], dir)?.text);
    if tool == "tar" {
        // It has the same options in other words; what is in one only is found, too.
        let text = ask(tool, &["--usage"], dir)?.text;
        for word in text.split(['[', ' ', '\n']).filter(|word| word.starts_with("--") && word.len() > 2) {
            let word = word.trim_end_matches(']').trim_start_matches("--");
            let (name, value) = match word.split_once('=') {
                Some((name, _)) => (name, Value::Required),
                None => (word, Value::Optional),
            };
            let option = Opt { names: vec![name.to_owned()], value, negatable: false };
            add(&mut options, option);
        }
    }
    options.retain(|option| !option.is_exactly("no-OPTION") && !option.is_exactly("help"));
    Ok(options)
}
