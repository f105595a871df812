//! Options of rsync that run other programs, follow links, or trust the other side; only with the
//! feature `unchecked`.
//!
//! Nothing checks what they are given: a remote shell is a command line, and so is the program on the
//! other side. A command that is given one that runs a program or loses files is of the tier
//! `destructive`.

use std::ffi::OsString;

use cuprum::spec::{CommandSpec, Secret};
use cuprum::{ArgValue, Args, Command};

use super::commands::transfer_command;
use super::{Attributes, Compare, Deletion, FileList, Filter, Inform, Rsync, Transfer, Tree, Wire, Writing};
use crate::args::{Glob, HostName, RsyncPath, SafePath, UserName};

/// The facts about each of the commands of this module.
pub(super) const COMMANDS: &[&CommandSpec] = &[RsyncPullDaemon::SPEC, RsyncPushDaemon::SPEC];

/// What makes rsync run another program, follow links, or trust the other side.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Unchecked {
    /// The command line of the remote shell, in place of [`Ssh`](super::Ssh).
    #[arg(short = 'e', style = "attached", danger = "exec")]
    pub rsh: Option<String>,
    /// The command line of rsync on the other side, given to a shell there.
    #[arg(danger = "exec")]
    pub rsync_path: Option<String>,
    /// Options for rsync on the other side.
    #[arg(danger = "exec")]
    pub remote_option: Vec<String>,
    /// Lets a shell on the other side read the path.
    #[arg(danger = "exec", since = "3.2.4")]
    pub old_args: bool,
    /// Waits for the remote shell in the old way.
    pub blocking_io: bool,
    /// Takes whatever files the other side sends.
    #[arg(danger = "loss", since = "3.2.5")]
    pub trust_sender: bool,
    /// Runs as this user, and group, where the files are copied to.
    #[arg(danger = "exec", since = "3.2")]
    pub copy_as: Option<String>,
    /// Copies what symbolic links lead to, also out of the tree.
    #[arg(danger = "write")]
    pub copy_links: bool,
    /// Copies what symbolic links out of the tree lead to.
    #[arg(danger = "write")]
    pub copy_unsafe_links: bool,
    /// Copies directories that symbolic links lead to.
    #[arg(danger = "write")]
    pub copy_dirlinks: bool,
    /// Goes through symbolic links to directories at the destination.
    #[arg(danger = "loss")]
    pub keep_dirlinks: bool,
    /// Follows symbolic links of others in directories of options.
    #[arg(danger = "loss", since = "3.5")]
    pub insecure_links: bool,
    /// Copies the contents of devices.
    #[arg(danger = "write", since = "3.2.4")]
    pub copy_devices: bool,
    /// Writes into devices.
    #[arg(danger = "loss", since = "3.2")]
    pub write_devices: bool,
    /// Writes what is changed to this file, and a script for the shell beside it.
    #[arg(danger = "loss")]
    pub write_batch: Option<SafePath>,
    /// The same, and changes nothing.
    #[arg(danger = "loss")]
    pub only_write_batch: Option<SafePath>,
    /// Takes the changes from this file.
    #[arg(danger = "loss")]
    pub read_batch: Option<SafePath>,
    /// Prints bytes that are not ASCII as they are; no reader of this crate minds, a terminal may.
    #[arg(long = "8-bit-output")]
    pub eight_bit_output: bool,
}

/// How a daemon is reached: a connection that nothing protects.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Daemon {
    /// The address that the connection comes from.
    pub address: Option<HostName>,
    /// Gives up when there is no connection after this many seconds.
    pub contimeout: Option<u32>,
    /// The port, if the source or destination names none.
    pub port: Option<u16>,
    /// Options of the socket: `SO_SNDBUF=65536`.
    pub sockopts: Option<String>,
    /// The password, given by the environment, which other users cannot read.
    #[arg(env = "RSYNC_PASSWORD", secret, conflicts("password_file"))]
    pub password: Option<Secret<String>>,
    /// Reads the password from this file.
    pub password_file: Option<SafePath>,
    /// Sends this file to the program that the daemon runs first.
    pub early_input: Option<SafePath>,
    /// Does not show what the daemon says first.
    pub no_motd: bool,
}

/// A module of a daemon: `rsync://[user@]host[:port]/module[/path]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaemonUrl {
    text: String,
}

impl DaemonUrl {
    /// Puts an address together.
    ///
    /// The path begins with the name of the module; it may end with `/`.
    pub fn new(user: Option<UserName>, host: &HostName, port: Option<u16>, path: &RsyncPath) -> Self {
        let host = if host.as_str().contains(':') { format!("[{host}]") } else { host.to_string() };
        let user = user.map(|user| format!("{user}@")).unwrap_or_default();
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        let path = path.as_str().trim_start_matches("./").trim_start_matches('/');
        Self { text: format!("rsync://{user}{host}{port}/{path}") }
    }
}

impl ArgValue for DaemonUrl {
    fn to_os(&self) -> OsString {
        self.text.clone().into()
    }
}

transfer_command!(
    /// Copies local files to a daemon, and reports each change (rsync(1)).
    pub RsyncPushDaemon, push_daemon, RsyncPath, DaemonUrl, ["-s"],
    /// How the daemon is reached.
    #[arg(flatten)] daemon: Daemon
);

transfer_command!(
    /// Copies files of a daemon to a local path, and reports each change (rsync(1)).
    pub RsyncPullDaemon, pull_daemon, DaemonUrl, RsyncPath, ["-s"],
    /// How the daemon is reached.
    #[arg(flatten)] daemon: Daemon
);
