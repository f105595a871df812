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
    pub uid: Option<Uid>,
    /// The group: real, effective and saved id.
    pub gid: Option<Gid>,
    /// The supplementary groups.
    pub groups: Option<Vec<Gid>>,
    /// The permissions that new files do not get.
    pub umask: Option<u32>,
    /// The niceness itself, from -20 (first) to 19 (last), not a change of the parent's.
    pub nice: Option<i32>,
    /// The resources that are limited, in the order in which they are set.
    pub limits: Vec<Limit>,
    /// Sets every signal that the parent ignores back to its default.
    pub reset_signals: bool,
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

    /// Limits a resource, in place of an earlier limit on it.
    pub(crate) fn limit(&mut self, limit: Limit) {
        self.limits.retain(|earlier| earlier.resource != limit.resource);
        self.limits.push(limit);
    }

    /// Joins what a command says with what its context says: of a kind, the command's own holds.
    pub(crate) fn or(mut self, context: &Self) -> Self {
        let own = std::mem::replace(&mut self.limits, context.limits.clone());
        own.into_iter().for_each(|limit| self.limit(limit));
        Self {
            session: self.session || context.session,
            uid: self.uid.or(context.uid),
            gid: self.gid.or(context.gid),
            groups: self.groups.or_else(|| context.groups.clone()),
            umask: self.umask.or(context.umask),
            nice: self.nice.or(context.nice),
            limits: self.limits,
            reset_signals: self.reset_signals || context.reset_signals,
        }
    }

    /// Returns why no process can be given these, if that is plain to see.
    pub(crate) fn fault(&self) -> Option<String> {
        let nobody = |kind: &str| Some(format!("{} is no {kind} id: it means \"as before\"", u32::MAX));
        let groups = self.groups.iter().flatten();
        let wrong = |limit: &&Limit| limit.soft.unwrap_or(u64::MAX) > limit.hard.unwrap_or(u64::MAX);
        match self {
            _ if self.uid == Some(Uid(u32::MAX)) => nobody("user"),
            _ if self.gid.iter().chain(groups).any(|gid| *gid == Gid(u32::MAX)) => nobody("group"),
            Self { umask: Some(umask @ 0o1000..), .. } => {
                Some(format!("the umask {umask:#o} has more than the nine bits of permissions"))
            }
            Self { nice: Some(nice), .. } if !(-20..=19).contains(nice) => {
                Some(format!("the niceness {nice} is not between -20 and 19"))
            }
            _ => {
                let limit = self.limits.iter().find(wrong)?;
                Some(format!("the limit on {} is above the most it may be raised to", limit.resource))
            }
        }
    }
}

/// What is set, in words: `a new session, umask 0027`; nothing if nothing is.
impl fmt::Display for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        parts.extend(self.session.then(|| "a new session".to_owned()));
        parts.extend(self.uid.map(|uid| format!("user {uid}")));
        parts.extend(self.gid.map(|gid| format!("group {gid}")));
        parts.extend(self.groups.as_ref().map(|groups| match groups.as_slice() {
            [] => "no other groups".to_owned(),
            groups => {
                let ids: Vec<String> = groups.iter().map(Gid::to_string).collect();
                format!("other groups {}", ids.join(" "))
            }
        }));
        parts.extend(self.umask.map(|umask| format!("umask {umask:04o}")));
        parts.extend(self.nice.map(|nice| format!("niceness {nice}")));
        parts.extend(self.limits.iter().map(Limit::to_string));
        parts.extend(self.reset_signals.then(|| "signals reset".to_owned()));
        f.write_str(&parts.join(", "))
    }
}

/// The id of a user (credentials(7)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(transparent)]
pub struct Uid(u32);

impl Uid {
    /// The one that may do everything.
    pub const ROOT: Self = Self(0);

    /// Takes a number as the id of a user.
    pub const fn from_raw(id: u32) -> Self {
        Self(id)
    }

    /// Returns the number.
    pub const fn as_raw(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The id of a group of users (credentials(7)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(transparent)]
pub struct Gid(u32);

impl Gid {
    /// Takes a number as the id of a group.
    pub const fn from_raw(id: u32) -> Self {
        Self(id)
    }

    /// Returns the number.
    pub const fn as_raw(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Gid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
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

/// `open files at most 20`, with the other bound behind it where it differs.
impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { resource, soft, hard } = self;
        match soft {
            Some(soft) => write!(f, "{resource} at most {soft}")?,
            None => write!(f, "{resource} unlimited")?,
        }
        match hard {
            _ if soft == hard => Ok(()),
            Some(hard) => write!(f, " (up to {hard})"),
            None => f.write_str(" (may be raised)"),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_layers_the_commands_own_holds_and_limits_are_joined_by_resource() {
        let files = |most| Limit::new(Resource::OpenFiles, most);
        let core = Limit::new(Resource::CoreSize, 0);
        let context = Attributes { umask: Some(0o77), limits: vec![files(9), core], ..Attributes::default() };
        let command = Attributes { nice: Some(3), limits: vec![files(20)], ..Attributes::default() };
        let joined = command.or(&context);
        assert_eq!((joined.umask, joined.nice), (Some(0o77), Some(3)));
        assert_eq!(joined.limits, [core, files(20)]);
        assert_eq!(joined.to_string(), "umask 0077, niceness 3, core size at most 0, open files at most 20");
    }

    #[test]
    fn what_no_process_can_be_given_is_found() {
        let with = |change: fn(&mut Attributes)| {
            let mut attributes = Attributes::default();
            change(&mut attributes);
            attributes.fault()
        };
        assert_eq!(with(|_| {}), None);
        assert_eq!(with(|a| (a.uid, a.nice, a.umask) = (Some(Uid::ROOT), Some(-20), Some(0o777))), None);
        assert!(with(|a| a.uid = Some(Uid(u32::MAX))).unwrap().contains("no user id"));
        assert!(with(|a| a.groups = Some(vec![Gid(5), Gid(u32::MAX)])).unwrap().contains("no group id"));
        assert!(with(|a| a.nice = Some(20)).unwrap().contains("not between"));
        assert!(with(|a| a.umask = Some(27_000)).unwrap().contains("nine bits"));
        let wrong = Limit { resource: Resource::CpuTime, soft: None, hard: Some(1) };
        assert_eq!(wrong.to_string(), "CPU time unlimited (up to 1)");
        let fault = Attributes { limits: vec![wrong], ..Attributes::default() }.fault();
        assert_eq!(fault.unwrap(), "the limit on CPU time is above the most it may be raised to");
    }
}
