//! How the two sides talk: compression, limits, what is told on the way, and the shell between them.

use std::ffi::OsString;

use cuprum::{ArgValue, Args};

use crate::args::{SafePath, Suffix};

/// How the two sides talk.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Wire {
    /// Compresses what is sent.
    pub compress: bool,
    /// How.
    #[arg(since = "3.2")]
    pub compress_choice: Option<Compressor>,
    /// How much.
    pub compress_level: Option<i32>,
    /// By how many threads.
    #[arg(since = "3.4")]
    pub compress_threads: Option<u32>,
    /// Does not compress files whose names end so: `gz`, `jpg`.
    #[arg(delimiter = "/")]
    pub skip_compress: Vec<Suffix>,
    /// Sends this many KiB a second at most.
    pub bwlimit: Option<u32>,
    /// Gives up when nothing came for this many seconds.
    #[arg(long = "timeout")]
    pub io_timeout: Option<u32>,
    /// Stops after this many minutes.
    #[arg(since = "3.2.3")]
    pub stop_after: Option<u32>,
    /// Stops at this time, in UTC: `2030-01-31T12:00`.
    #[arg(since = "3.2.3")]
    pub stop_at: Option<String>,
    /// Takes this many bytes of memory at once at most.
    #[arg(since = "3.2.2")]
    pub max_alloc: Option<u64>,
    /// Names of files are converted: `UTF-8,ISO88591`, the set of this side first.
    pub iconv: Option<String>,
    /// Speaks an older version of the protocol.
    pub protocol: Option<u8>,
    /// By which addresses the other side is reached.
    #[arg(flatten)]
    pub address_family: Option<AddressFamily>,
}

/// By which addresses the other side is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Args)]
pub enum AddressFamily {
    /// Those of IPv4.
    Ipv4,
    /// Those of IPv6.
    Ipv6,
}

/// How what is sent is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum Compressor {
    /// By the best one that both sides know.
    Auto,
    /// By zstd.
    Zstd,
    /// By LZ4.
    Lz4,
    /// By zlib, without what the other side has.
    Zlibx,
    /// By zlib.
    Zlib,
    /// Not at all.
    None,
}

/// What rsync tells on the way; changes and statistics are told always.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Inform {
    /// Tells more; lines become [messages](super::Transfer::messages).
    #[arg(count)]
    pub verbose: u8,
    /// Tells nothing but errors, changes and statistics.
    pub quiet: bool,
    /// What else it tells of.
    #[arg(delimiter = ",", since = "3.1")]
    pub info: Vec<Info>,
    /// What it tells of for those who work on rsync: `RECV,DEL2`.
    #[arg(since = "3.1")]
    pub debug: Option<String>,
    /// To which stream messages go.
    #[arg(long = "stderr", since = "3.2.3")]
    pub messages_to: Option<MessagesTo>,
    /// Writes what it does to this file as well.
    #[arg(danger = "write")]
    pub log_file: Option<SafePath>,
    /// In which form.
    #[arg(requires("log_file"))]
    pub log_file_format: Option<String>,
}

/// Something that rsync can tell of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
#[non_exhaustive]
pub enum Info {
    /// Files that are kept under another name.
    Backup,
    /// Files that are copied on the receiving side.
    Copy,
    /// What is deleted.
    Del,
    /// The list of files.
    Flist,
    /// What fits nowhere else.
    Misc,
    /// Directories of other file systems that are left out.
    Mount,
    /// Files that are no files, directories or links.
    Nonreg,
    /// How far the whole transfer is; see [`Progress`](super::Progress).
    Progress2,
    /// Files of the source that are deleted.
    Remove,
    /// Files that are left out.
    Skip,
    /// Symbolic links that lead out of the tree.
    Symsafe,
}

/// To which stream messages go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ArgValue)]
pub enum MessagesTo {
    /// Errors go to standard error, all else to standard output; the default.
    Errors,
    /// All go to standard error, by the other side directly.
    All,
    /// Errors of the other side come over the connection.
    Client,
}

/// The secure shell that reaches the other side.
///
/// By default no configuration file is read, nothing is asked, keys of hosts must be known, and no
/// connection is shared or forwarded, so that no part of it runs another program or outlives the
/// transfer. Keys come from an agent, or from the files that ssh(1) looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ssh {
    port: Option<u16>,
    identity: Option<SafePath>,
    known_hosts: Option<SafePath>,
    user_config: bool,
}

impl Ssh {
    /// Returns the default.
    pub fn new() -> Self {
        Self::default()
    }

    /// Connects to this port.
    #[must_use]
    pub fn port(self, port: u16) -> Self {
        Self { port: Some(port), ..self }
    }

    /// Uses the key in this file only.
    #[must_use]
    pub fn identity(self, file: SafePath) -> Self {
        Self { identity: Some(file), ..self }
    }

    /// Takes the keys of hosts from this file.
    #[must_use]
    pub fn known_hosts(self, file: SafePath) -> Self {
        Self { known_hosts: Some(file), ..self }
    }

    /// Reads the user's and the system's configuration, which can name other hosts and programs.
    #[must_use]
    pub fn user_config(self) -> Self {
        Self { user_config: true, ..self }
    }
}

/// The command line that rsync splits at spaces; a quoted part stays one word.
impl ArgValue for Ssh {
    fn to_os(&self) -> OsString {
        let mut words = vec!["ssh".to_owned()];
        let mut option = |text: String| words.push(text);
        if !self.user_config {
            for word in ["-Fnone", "-oProxyCommand=none", "-oControlPath=none"] {
                option(word.to_owned());
            }
        }
        for word in [
            "-oBatchMode=yes",
            "-oStrictHostKeyChecking=yes",
            "-oPermitLocalCommand=no",
            "-oControlMaster=no",
            "-oClearAllForwardings=yes",
        ] {
            option(word.to_owned());
        }
        if let Some(port) = self.port {
            option(format!("-p{port}"));
        }
        if let Some(file) = &self.identity {
            option("-oIdentitiesOnly=yes".to_owned());
            option(quoted("-i", file));
        }
        if let Some(file) = &self.known_hosts {
            option(quoted("-oUserKnownHostsFile=", file));
        }
        words.join(" ").into()
    }
}

/// Rsync takes what is between `'` as it stands, and two of them for one. To ssh, `%` begins a code, and
/// a list of files is split at spaces unless it is in `"`.
fn quoted(option: &str, file: &SafePath) -> String {
    let path = file.to_os().to_string_lossy().replace('%', "%%").replace('\'', "''");
    let list = option.ends_with('=');
    if list { format!("'{option}\"{path}\"'") } else { format!("'{option}{path}'") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_word_of_the_command_line() {
        let path = |text: &str| SafePath::new(text).unwrap();
        let ssh = Ssh::new().port(2222).identity(path("/k ey's%h")).known_hosts(path("hosts"));
        let word = ssh.to_os().into_string().unwrap();
        let expected = "-p2222 -oIdentitiesOnly=yes '-i/k ey''s%%h' '-oUserKnownHostsFile=\"./hosts\"'";
        assert!(word.ends_with(expected), "{word}");
        assert!(word.starts_with("ssh -Fnone "), "{word}");
        assert!(!Ssh::new().user_config().to_os().into_string().unwrap().contains("-F"));
    }
}
