//! What changes nothing: lists of files, and which rsync is there.

use cuprum::Command;

use crate::args::{Glob, RsyncPath, RsyncRemote};
use crate::rsync::{Filter, Listing, Rsync, Ssh, Tree, Version, Wire};

/// Writes a command that lists files.
macro_rules! list {
    (
        $(#[doc = $doc:literal])+
        $name:ident, $function:ident, $from:ty
        $(, [$($fixed:literal),+])?
        $(, $(#[$of:meta])* $field:ident: $type:ty)?
    ) => {
        $(#[doc = $doc])+
        ///
        /// Without `recursive`, what is directly in a directory is listed, if the path ends with `/`.
        #[derive(Clone, Debug, Command)]
        #[command(
            program = Rsync,
            fixed(Listing::FORMAT $($(, $fixed)+)?),
            fn = $function,
            output = Listing,
            tier = read
        )]
        pub struct $name {
            $($(#[$of])* pub $field: $type,)?
            /// Descends into directories.
            pub recursive: bool,
            /// Which files are looked at.
            #[arg(flatten)]
            pub tree: Tree,
            /// How the two sides talk.
            #[arg(flatten)]
            pub wire: Wire,
            /// Which files are listed, in the order of the rules.
            #[arg(flatten)]
            pub filters: Vec<Filter>,
            /// What is listed.
            #[arg(positional)]
            pub from: $from,
        }

        impl $name {
            /// Leaves files of these names out, unless a rule before this one takes them.
            #[must_use]
            pub fn exclude(self, pattern: Glob) -> Self {
                self.filters(Filter::Exclude(pattern))
            }
        }
    };
}

list!(
    /// Lists files of this host as a transfer would see them (rsync(1), "list-only").
    RsyncList, list, RsyncPath
);

list!(
    /// Lists files of another host (rsync(1), "list-only").
    RsyncListRemote, list_remote, RsyncRemote, ["-s"],
    /// How the other host is reached.
    #[arg(long = "rsh", default = Ssh::new())] ssh: Ssh
);

/// Asks which rsync is there (rsync(1), "version").
#[derive(Clone, Copy, Debug, Command)]
#[command(program = Rsync, fixed("--version"), fn = version, output = Version, tier = read)]
pub struct RsyncVersion;
