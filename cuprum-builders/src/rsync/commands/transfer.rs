//! The transfers: on one host, to another, from another.

use cuprum::Command;

use crate::args::{Glob, RsyncPath, RsyncRemote};
use crate::rsync::{
    Attributes, Compare, Deletion, FileList, Filter, Inform, Rsync, Ssh, Transfer, Tree, Wire, Writing,
};

/// Writes a command that transfers files: what is special to it, then what all have in common.
macro_rules! transfer_command {
    (
        $(#[doc = $doc:literal])+
        $vis:vis $name:ident, $function:ident, $from:ty, $to:ty
        $(, [$($fixed:literal),+])?
        $(, $(#[$of:meta])* $field:ident: $type:ty)?
    ) => {
        $(#[doc = $doc])+
        ///
        /// A source directory that ends with `/` stands for its contents, any other for itself. Nothing is
        /// copied but regular files until a setter says so. Links that lead out of the copied tree are
        /// left out. What is deleted or overwritten makes the command `destructive`; `dry_run` tells
        /// what would be.
        #[derive(Clone, Debug, Command)]
        #[command(
            program = Rsync,
            fixed(Transfer::FORMAT, "--outbuf=L", "--safe-links" $($(, $fixed)+)?),
            fn = $function,
            output = Transfer,
            tier = write
        )]
        $vis struct $name {
            $($(#[$of])* pub $field: $type,)?
            /// Descends into directories.
            pub recursive: bool,
            /// The same as `recursive`, `links`, `perms`, `times`, and owner, group, devices and
            /// special files of [`Attributes`].
            pub archive: bool,
            /// Copies symbolic links that stay within the copied tree.
            pub links: bool,
            /// Sets the modes of the copies.
            pub perms: bool,
            /// Sets the modification times of the copies; without them the next run compares every
            /// file again.
            pub times: bool,
            /// Compares contents instead of size and modification time.
            pub checksum: bool,
            /// Deletes what the source does not have.
            #[arg(danger = "loss")]
            pub delete: bool,
            /// Deletes this many files and directories at most.
            pub max_delete: Option<u32>,
            /// Changes nothing, and reports what would change.
            pub dry_run: bool,
            /// Which files are looked at.
            #[arg(flatten)]
            pub tree: Tree,
            /// How files are compared.
            #[arg(flatten)]
            pub compare: Compare,
            /// What files are given.
            #[arg(flatten)]
            pub attributes: Attributes,
            /// How files are written.
            #[arg(flatten)]
            pub writing: Writing,
            /// What else is deleted.
            #[arg(flatten)]
            pub deletion: Deletion,
            /// How the two sides talk.
            #[arg(flatten)]
            pub wire: Wire,
            /// What rsync tells on the way.
            #[arg(flatten)]
            pub inform: Inform,
            /// What only the feature `unchecked` offers.
            #[cfg(feature = "unchecked")]
            #[arg(flatten)]
            pub unchecked: crate::rsync::unchecked::Unchecked,
            /// Which files are transferred, in the order of the rules.
            #[arg(flatten)]
            pub filters: Vec<Filter>,
            /// Only these files below the source.
            #[arg(flatten)]
            pub files: Option<FileList>,
            /// The source.
            #[arg(positional)]
            pub from: $from,
            /// The destination; its parent must be there.
            #[arg(positional)]
            pub to: $to,
        }

        impl $name {
            /// Leaves files of these names out, unless a rule before this one takes them.
            #[must_use]
            pub fn exclude(self, pattern: Glob) -> Self {
                self.filters(Filter::Exclude(pattern))
            }

            /// Takes files of these names, unless a rule before this one leaves them out.
            #[must_use]
            pub fn include(self, pattern: Glob) -> Self {
                self.filters(Filter::Include(pattern))
            }
        }
    };
}

transfer_command!(
    /// Copies files from one local path to another, and reports each change (rsync(1)).
    pub RsyncCopy, copy, RsyncPath, RsyncPath
);

transfer_command!(
    /// Copies local files to another host, and reports each change (rsync(1)).
    pub RsyncPush, push, RsyncPath, RsyncRemote, ["-s"],
    /// How the other host is reached.
    #[arg(long = "rsh", default = Ssh::new())] ssh: Ssh
);

transfer_command!(
    /// Copies files of another host to a local path, and reports each change (rsync(1)).
    ///
    /// A hostile host can send any content, and with `archive` any mode, set-user-id included; to the
    /// superuser also any owner, and devices. That no name leads out of the destination is up to rsync, whose
    /// checks were mended several times, the last time in 3.4.3. From a host that you do not trust, pull with
    /// one that is not older, into a new directory, and without `archive`.
    pub RsyncPull, pull, RsyncRemote, RsyncPath, ["-s"],
    /// How the other host is reached.
    #[arg(long = "rsh", default = Ssh::new())] ssh: Ssh
);

#[cfg(feature = "unchecked")]
pub(in crate::rsync) use transfer_command;
