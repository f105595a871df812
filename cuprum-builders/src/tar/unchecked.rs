//! Options of tar that run other programs or write elsewhere; only with the feature `unchecked`.
//!
//! Nothing checks what they are given: a command line is one of the shell, and whoever can write a part
//! of it can run anything. A command that is given one is of the tier `destructive`.

use cuprum::Args;
use cuprum::spec::{Arg, ArgKind, ArgsUnder, Argv, Danger};

use crate::args::SafePath;

/// What makes tar run another program, or take names as they are.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Unchecked {
    /// The program, with its arguments, that compresses and, given `-d`, decompresses.
    #[arg(danger = "exec")]
    pub use_compress_program: Option<String>,
    /// What is run at each [checkpoint](super::Inform::checkpoint).
    #[arg(flatten)]
    pub checkpoint_command: Option<CheckpointCommand>,
    /// A line for the shell that is run at the end of each volume.
    #[arg(danger = "exec")]
    pub info_script: Option<String>,
    /// The program that reaches the host of an archive, in place of rsh(1).
    ///
    /// No archive is on another host as long as `--force-local` is given, which all commands are.
    #[arg(danger = "exec")]
    pub rsh_command: Option<String>,
    /// The program that reads and writes archives there, in place of rmt(8).
    #[arg(danger = "exec")]
    pub rmt_command: Option<String>,
    /// Leaves names as they are, with `/` at the beginning and `..`: members come out anywhere.
    #[arg(danger = "loss")]
    pub absolute_names: bool,
}

/// What lets members of an archive run a program, or come out elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct UncheckedExtract {
    /// A line for the shell that each file is piped to, in place of writing it.
    #[arg(danger = "exec")]
    pub to_command: Option<String>,
    /// Whether it may fail; no by default.
    #[arg(negatable, requires("to_command"))]
    pub ignore_command_error: Option<bool>,
    /// Removes whole trees that are in the way of a directory.
    #[arg(danger = "loss")]
    pub recursive_unlink: bool,
    /// Goes through symbolic links to directories that are there.
    #[arg(danger = "loss")]
    pub keep_directory_symlink: bool,
    /// Changes names by a replacement as sed(1) writes it; the new name is not checked.
    #[arg(danger = "loss")]
    pub transform: Vec<String>,
    /// Deletes what was not there when an incremental backup was made; the file is not read.
    #[arg(danger = "loss")]
    pub listed_incremental: Option<SafePath>,
    /// The same, for backups in the old format.
    #[arg(danger = "loss")]
    pub incremental: bool,
}

/// A line for the shell that is run at each checkpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckpointCommand(pub String);

/// Writes `--checkpoint-action=exec=LINE`.
impl Args for CheckpointCommand {
    type Itself = Self;
    // The option is that of the harmless actions, which are described with them.
    const ARGS: &'static [Arg] = &[Arg::new("checkpoint_command", ArgKind::Value).with_danger(Danger::Exec)];

    fn write(&self, argv: &mut Argv) {
        let option = Arg::named("checkpoint_command", ArgKind::Value, "checkpoint-action");
        argv.value(&option.with_danger(Danger::Exec), &format!("exec={}", self.0));
    }
}

/// There is no operand in it, so it fits any command.
impl<S> ArgsUnder<S> for CheckpointCommand {}
