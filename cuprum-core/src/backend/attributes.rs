//! What a process is given beside its program, words, environment, directory and streams.

use std::fmt;

/// What a process is given beside its program, words, environment, directory and streams.
///
/// The default changes nothing: a new group, and all else as the parent has it. Whatever is set is
/// set in the child, between its birth and the program's first instruction, at the cost of one system
/// call each. Only the own spawn can do that without forking; where it is not available, a launch that
/// sets any of these is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attributes {
    /// Leads a new session, without a terminal, instead of only a new group.
    pub session: bool,
    /// The user: real, effective and saved id.
    ///
    /// Without [`groups`](Self::groups) the parent's supplementary groups are dropped, too, if the
    /// parent may do so.
    pub uid: Option<u32>,
    /// The group: real, effective and saved id.
    pub gid: Option<u32>,
    /// The supplementary groups.
    pub groups: Option<Vec<u32>>,
    /// The permissions that new files do not get.
    pub umask: Option<u32>,
    /// The niceness itself, from -20 (first) to 19 (last), not a change of the parent's.
    pub nice: Option<i32>,
    /// The resources that are limited, in the order in which they are set.
    pub limits: Vec<Limit>,
}

impl Attributes {
    /// Returns whether nothing is set.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns whether an id is set, of the user or of a group.
    pub(crate) fn changes_ids(&self) -> bool {
        self.uid.is_some() || self.gid.is_some() || self.groups.is_some()
    }
}

/// A limit on one resource (getrlimit(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limit {
    /// What is limited.
    pub resource: Resource,
    /// The limit that holds; `None` is no limit.
    pub soft: Option<u64>,
    /// The most that the process may raise it to; `None` is no limit.
    pub hard: Option<u64>,
}

impl Limit {
    /// Limits `resource`, and lets nobody raise the limit again.
    pub const fn new(resource: Resource, most: u64) -> Self {
        Self { resource, soft: Some(most), hard: Some(most) }
    }
}

/// What can be limited. Each limit is the process's own; its children inherit a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Resource {
    /// The address space in bytes (`RLIMIT_AS`).
    ///
    /// This is not the memory in use: runtimes that reserve much and touch little, as those of Java and Go
    /// do, fail early under it.
    AddressSpace,
    /// The size of a core dump in bytes (`RLIMIT_CORE`); 0 is none.
    CoreSize,
    /// The time on a CPU in seconds (`RLIMIT_CPU`).
    CpuTime,
    /// The heap and the initialised data in bytes (`RLIMIT_DATA`).
    DataSize,
    /// The size of a file that is written, in bytes (`RLIMIT_FSIZE`).
    FileSize,
    /// The memory in bytes that may be locked (`RLIMIT_MEMLOCK`).
    LockedMemory,
    /// One more than the highest descriptor (`RLIMIT_NOFILE`).
    OpenFiles,
    /// The processes and threads of the user, all programs together (`RLIMIT_NPROC`).
    Processes,
    /// The stack of the first thread in bytes (`RLIMIT_STACK`); a part of it bounds the arguments.
    StackSize,
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AddressSpace => "address space",
            Self::CoreSize => "core size",
            Self::CpuTime => "CPU time",
            Self::DataSize => "data size",
            Self::FileSize => "file size",
            Self::LockedMemory => "locked memory",
            Self::OpenFiles => "open files",
            Self::Processes => "processes",
            Self::StackSize => "stack size",
        })
    }
}
