//! `git config`: variables that git is configured by.

use cuprum::{ArgValue, Args, Command};

use crate::args::{ConfigKey, ObjectName, PlainConfigKey, SafePath};
use crate::git::{ConfigEntry, ConfigValue, Git, RawText};

/// Lists variables, and where each is set (git-config(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "config",
    fixed(ConfigEntry::FORMAT),
    fn = config_list,
    output = Vec<ConfigEntry>,
    parse = ConfigEntry::read_list,
    tier = read
)]
pub struct GitConfigList {
    /// Those of one file; by default all.
    #[arg(flatten)]
    pub scope: Option<ConfigScopeOption>,
    /// Follows includes, or does not; by default it does, but for one file.
    #[arg(negatable)]
    pub includes: Option<bool>,
}

/// Returns the value of a variable, the last one that is set, or `None` (git-config(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "config",
    fixed("-z", "--get"),
    fn = config_get,
    ok(0, 1),
    output = Option<RawText>,
    parse = RawText::read_nul,
    tier = read
)]
pub struct GitConfigGet {
    /// From one file; by default from all.
    #[arg(flatten)]
    pub scope: Option<ConfigScopeOption>,
    /// Checks the value, and writes it in one form.
    #[arg(long = "type")]
    pub type_: Option<ConfigType>,
    /// Follows includes, or does not.
    #[arg(negatable)]
    pub includes: Option<bool>,
    /// What is returned instead of `None`.
    #[arg(long = "default")]
    pub default_: Option<String>,
    /// The variable.
    #[arg(positional)]
    pub key: ConfigKey,
}

/// Returns all values of a variable.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "config",
    fixed("-z", "--get-all"),
    fn = config_get_all,
    ok(0, 1),
    output = Vec<RawText>,
    parse = RawText::read_nul_list,
    tier = read
)]
pub struct GitConfigGetAll {
    /// From one file; by default from all.
    #[arg(flatten)]
    pub scope: Option<ConfigScopeOption>,
    /// Checks the values, and writes them in one form.
    #[arg(long = "type")]
    pub type_: Option<ConfigType>,
    /// Follows includes, or does not.
    #[arg(negatable)]
    pub includes: Option<bool>,
    /// The variable.
    #[arg(positional)]
    pub key: ConfigKey,
}

/// Sets a variable that names no program and no other place (git-config(1)).
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "config", fn = config_set, tier = write)]
pub struct GitConfigSet {
    /// In which file; by default that of the repository.
    #[arg(flatten)]
    pub scope: Option<ConfigScopeOption>,
    /// Checks the value, and writes it in one form.
    #[arg(long = "type")]
    pub type_: Option<ConfigType>,
    /// A comment behind it.
    #[arg(since = "2.45")]
    pub comment: Option<String>,
    /// Replaces all its values.
    pub replace_all: bool,
    /// The variable.
    #[arg(positional)]
    pub key: PlainConfigKey,
    /// The value.
    #[arg(positional)]
    pub value: ConfigValue,
}

/// Adds a value to a variable that names no program and no other place.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "config", fixed("--add"), fn = config_add, tier = write)]
pub struct GitConfigAdd {
    /// In which file; by default that of the repository.
    #[arg(flatten)]
    pub scope: Option<ConfigScopeOption>,
    /// Checks the value, and writes it in one form.
    #[arg(long = "type")]
    pub type_: Option<ConfigType>,
    /// A comment behind it.
    #[arg(since = "2.45")]
    pub comment: Option<String>,
    /// The variable.
    #[arg(positional)]
    pub key: PlainConfigKey,
    /// The value.
    #[arg(positional)]
    pub value: ConfigValue,
}

/// Unsets a variable.
#[derive(Clone, Debug, Command)]
#[command(program = Git, subcommand = "config", fixed("--unset-all"), fn = config_unset, tier = write)]
pub struct GitConfigUnset {
    /// In which file; by default that of the repository.
    #[arg(flatten)]
    pub scope: Option<ConfigScopeOption>,
    /// The variable.
    #[arg(positional)]
    pub key: ConfigKey,
}

/// A file of variables.
#[derive(Clone, Debug, Args)]
pub enum ConfigScopeOption {
    /// That of the machine.
    System,
    /// That of the user.
    Global,
    /// That of the repository.
    Local,
    /// That of the work tree.
    Worktree,
    /// This one.
    File(SafePath),
    /// The contents of an object; for reading.
    Blob(ObjectName),
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum ConfigType {
    /// `true` or `false`.
    Bool,
    /// A number; a `k`, `m` or `g` behind it is multiplied out.
    Int,
    /// Either.
    BoolOrInt,
    /// `true`, `false` or a text.
    BoolOrStr,
    /// A path; `~` at its beginning is resolved.
    Path,
    /// A time, as seconds since 1970.
    ExpiryDate,
    /// A color, as what a terminal is sent.
    Color,
}

/// Lists the names of variables that are set, each as often as it is set.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "config",
    fixed("-z", "--list", "--name-only"),
    fn = config_names,
    output = Vec<RawText>,
    parse = RawText::read_nul_list,
    tier = read
)]
pub struct GitConfigNames {
    /// Those of one file; by default all.
    #[arg(flatten)]
    pub scope: Option<ConfigScopeOption>,
    /// Follows includes, or does not.
    #[arg(negatable)]
    pub includes: Option<bool>,
}

/// Lists variables whose names match a regular expression; none is an empty list.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "config",
    fixed("-z", "--show-scope", "--show-origin", "--get-regexp"),
    fn = config_get_regexp,
    ok(0, 1),
    output = Vec<ConfigEntry>,
    parse = ConfigEntry::read_list,
    tier = read
)]
pub struct GitConfigGetRegexp {
    /// Those of one file; by default all.
    #[arg(flatten)]
    pub scope: Option<ConfigScopeOption>,
    /// Checks the values, and writes them in one form.
    #[arg(long = "type")]
    pub type_: Option<ConfigType>,
    /// Follows includes, or does not.
    #[arg(negatable)]
    pub includes: Option<bool>,
    /// The regular expression, for the name with its section in lower case.
    #[arg(positional)]
    pub pattern: ConfigValue,
}
