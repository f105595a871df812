//! The constant facts about a program: how its file is found, and how its command line is written.

use super::{Inherit, Search, Style, Tier};
use crate::outcome::Outcome;

/// The constant facts about a program: its file name, its separator, its environment.
#[derive(Debug, PartialEq, Eq)]
pub struct ProgramSpec {
    name: &'static str,
    path: Option<&'static str>,
    search: Search,
    version: Option<&'static str>,
    version_args: &'static [&'static str],
    separator: Option<&'static str>,
    style: Option<Style>,
    single_dash: bool,
    tier: Tier,
    project: &'static str,
    docs: &'static [&'static str],
    noise: &'static [&'static str],
    inherit_env: Inherit,
    set_env: &'static [(&'static str, &'static str)],
    remove_env: &'static [&'static str],
    ok: &'static [i32],
    explain: Explain,
}

/// What says in words why a command of a program has failed.
#[derive(Debug)]
struct Explain(Option<fn(&Outcome) -> Option<String>>);

/// All are equal: it is no part of what the program is.
impl PartialEq for Explain {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Explain {}

impl ProgramSpec {
    /// Describes the program whose file is called `name`.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            path: None,
            search: Search::Path,
            version: None,
            version_args: &["--version"],
            separator: None,
            style: None,
            single_dash: false,
            tier: Tier::Destructive,
            project: "",
            docs: &[],
            noise: &[],
            inherit_env: Inherit::All,
            set_env: &[],
            remove_env: &[],
            ok: &[0],
            explain: Explain(None),
        }
    }

    /// Pins the program to one absolute file; nothing is searched.
    #[must_use]
    pub const fn with_path(mut self, path: &'static str) -> Self {
        self.path = Some(path);
        self
    }

    /// Sets where the file is looked for.
    #[must_use]
    pub const fn with_search(mut self, search: Search) -> Self {
        self.search = search;
        self
    }

    /// Sets the versions that are accepted, for example `>=2.30, <3`.
    #[must_use]
    pub const fn with_version(mut self, requirement: &'static str) -> Self {
        self.version = Some(requirement);
        self
    }

    /// Sets the arguments that make the program print its version.
    #[must_use]
    pub const fn with_version_args(mut self, args: &'static [&'static str]) -> Self {
        self.version_args = args;
        self
    }

    /// Sets what ends the options of this program, for example `--`.
    #[must_use]
    pub const fn with_separator(mut self, separator: &'static str) -> Self {
        self.separator = Some(separator);
        self
    }

    /// Sets how its long options are joined to their values.
    #[must_use]
    pub const fn with_style(mut self, style: Style) -> Self {
        self.style = Some(style);
        self
    }

    /// Says that its long options begin with one dash, and take their value as the next word.
    #[must_use]
    pub const fn with_single_dash(mut self) -> Self {
        self.single_dash = true;
        self
    }

    /// Sets the most that its commands may do.
    #[must_use]
    pub const fn with_tier(mut self, tier: Tier) -> Self {
        self.tier = tier;
        self
    }

    /// Sets the project that lists the program in its catalogue.
    #[must_use]
    pub const fn with_project(mut self, project: &'static str) -> Self {
        self.project = project;
        self
    }

    /// Sets where its documentation and its runbooks are.
    #[must_use]
    pub const fn with_docs(mut self, docs: &'static [&'static str]) -> Self {
        self.docs = docs;
        self
    }

    /// Sets the patterns of output lines that loggers may drop; see [`Project::with_noise`](super::Project::with_noise).
    #[must_use]
    pub const fn with_noise(mut self, patterns: &'static [&'static str]) -> Self {
        self.noise = patterns;
        self
    }

    /// Sets which of the parent's variables its commands inherit.
    #[must_use]
    pub const fn with_inherit_env(mut self, inherit: Inherit) -> Self {
        self.inherit_env = inherit;
        self
    }

    /// Sets the variables that every command of this program is given.
    #[must_use]
    pub const fn with_set_env(mut self, set: &'static [(&'static str, &'static str)]) -> Self {
        self.set_env = set;
        self
    }

    /// Sets the variables that no command of this program inherits; a trailing `*` matches a prefix.
    #[must_use]
    pub const fn with_remove_env(mut self, remove: &'static [&'static str]) -> Self {
        self.remove_env = remove;
        self
    }

    /// Sets the exit codes that are no failure, for commands that name none themselves.
    #[must_use]
    pub const fn with_ok(mut self, codes: &'static [i32]) -> Self {
        self.ok = codes;
        self
    }

    /// Sets what says in words why a command has failed, where what it printed does not: the error's hint.
    ///
    /// It is called with what is known of a command that has ended by itself, and must not panic. The derive takes its
    /// name.
    ///
    /// # Examples
    ///
    /// ```
    /// use cuprum::lab::{Lab, Script};
    /// use cuprum::prelude::*;
    /// use cuprum::{Outcome, Program};
    ///
    /// fn in_words(outcome: &Outcome) -> Option<String> {
    ///     (outcome.status().code() == Some(7)).then(|| "another backup is running".to_owned())
    /// }
    ///
    /// #[derive(Program)]
    /// #[program(explain = in_words)]
    /// struct Backup;
    ///
    /// let lab = Lab::new().on_program::<Backup>(Script::exit(7).stderr("E7\n"));
    /// let error = lab.cx().run(cmd!(Backup, "now")).wait().unwrap_err();
    /// assert!(error.to_string().ends_with(": exit status 7\n  E7\nhint: another backup is running"));
    /// ```
    #[must_use]
    pub const fn with_explain(mut self, explain: fn(&Outcome) -> Option<String>) -> Self {
        self.explain = Explain(Some(explain));
        self
    }

    /// Returns the file name that is looked up.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the absolute file the program is pinned to, if it is.
    pub const fn path(&self) -> Option<&'static str> {
        self.path
    }

    /// Returns where the file is looked for.
    pub const fn search(&self) -> Search {
        self.search
    }

    /// Returns the versions that are accepted, if the program says so.
    pub const fn version(&self) -> Option<&'static str> {
        self.version
    }

    /// Returns the arguments that make the program print its version.
    pub const fn version_args(&self) -> &'static [&'static str] {
        self.version_args
    }

    /// Returns what ends the options, if the program knows such a word.
    pub const fn separator(&self) -> Option<&'static str> {
        self.separator
    }

    /// Returns how its long options are joined to their values, if the program says so.
    pub const fn style(&self) -> Option<Style> {
        self.style
    }

    /// Returns whether its long options begin with one dash.
    pub const fn single_dash(&self) -> bool {
        self.single_dash
    }

    /// Returns the most that its commands may do.
    pub const fn tier(&self) -> Tier {
        self.tier
    }

    /// Returns the project that lists the program, empty if none does.
    pub const fn project(&self) -> &'static str {
        self.project
    }

    /// Returns where its documentation and its runbooks are.
    pub const fn docs(&self) -> &'static [&'static str] {
        self.docs
    }

    /// Returns the patterns of output lines that loggers may drop.
    pub const fn noise(&self) -> &'static [&'static str] {
        self.noise
    }

    /// Returns which of the parent's variables its commands inherit.
    pub const fn inherit_env(&self) -> Inherit {
        self.inherit_env
    }

    /// Returns the variables that every command of this program is given.
    pub const fn set_env(&self) -> &'static [(&'static str, &'static str)] {
        self.set_env
    }

    /// Returns the variables that are not inherited; a trailing `*` matches a prefix.
    pub const fn remove_env(&self) -> &'static [&'static str] {
        self.remove_env
    }

    /// Returns the exit codes that are no failure.
    pub const fn ok(&self) -> &'static [i32] {
        self.ok
    }

    /// Says in words why a command has failed, if the program knows better than what it printed.
    pub fn explain(&self, outcome: &Outcome) -> Option<String> {
        self.explain.0.and_then(|explain| explain(outcome))
    }
}

impl ProgramSpec {
    /// Returns whether both are looked up in the same way, so that they are the same file.
    ///
    /// Where files are looked for in `PATH`, what becomes of it is not asked here.
    pub(crate) fn is_found_like(&self, other: &Self) -> bool {
        self.name == other.name && self.path == other.path && self.search == other.search
    }

    /// Returns whether both have the same variables, as far as the program decides.
    pub(crate) fn has_variables_like(&self, other: &Self) -> bool {
        self.inherit_env == other.inherit_env
            && self.set_env == other.set_env
            && self.remove_env == other.remove_env
    }
}

/// The name.
impl AsRef<str> for ProgramSpec {
    fn as_ref(&self) -> &str {
        self.name
    }
}
