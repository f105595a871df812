//! Runs a tool with words that no builder has checked.

use std::path::Path;

use cuprum::{IntoSafe as _, Program as _, Run as _};
use cuprum_builders::git::Git;

/// What a tool said.
pub(crate) struct Answer {
    pub(crate) code: Option<i32>,
    /// Both outputs, standard output first.
    pub(crate) text: String,
}

/// Runs a tool in a directory, with the environment that the builders give to git.
pub(crate) fn ask<W: AsRef<str>>(tool: &str, words: &[W], dir: &Path) -> Result<Answer, cuprum::Error> {
    let command = cuprum::unchecked::command(tool).args(words.iter().map(|word| word.as_ref().to_owned()));
    let mut command = command.in_dir(dir).env("HOME", dir).env("LC_ALL", "C").env("GIT_CONFIG_NOSYSTEM", "1");
    if tool == "git" {
        for (name, value) in Git::SPEC.set_env() {
            command = command.env(*name, *value);
        }
        command = command.env("GIT_EDITOR", ":").env("GIT_CEILING_DIRECTORIES", dir.parent().unwrap_or(dir));
        for who in ["AUTHOR", "COMMITTER"] {
            command = command
                .env(format!("GIT_{who}_NAME"), "Ann")
                .env(format!("GIT_{who}_EMAIL"), "a@example.org");
        }
    }
    let outcome = command.output().wait()?;
    let text = [outcome.stdout().text_lossy(), outcome.stderr().text_lossy()].concat();
    Ok(Answer { code: outcome.status().code(), text })
}
