//! What the own spawn is asked for, and what comes of it.

use std::ffi::CStr;
use std::os::fd::{BorrowedFd, OwnedFd};

use rustix::fs::OFlags;
use rustix::io::Errno;

use super::prepare::Rows;
use crate::backend::Step;
use crate::spec::Attributes;

/// What a child is made of.
pub(super) struct Request<'a> {
    pub(super) image: &'a Rows<'a>,
    pub(super) attributes: &'a Attributes,
    /// Whether it leads a new group, and does not stay in its parent's.
    pub(super) own_group: bool,
    /// Whether its table of descriptors begins with the standard streams only, and not as a copy of the
    /// parent's. Then no stream is [`Source::Open`], which would not be in it.
    pub(super) own_table: bool,
    /// What becomes standard input, output and error.
    pub(super) streams: [Source<'a>; 3],
}

/// Where a standard stream of the child comes from.
pub(super) enum Source<'a> {
    /// The parent's own stream stays.
    Inherit,
    /// What the parent has opened, as none of its standard streams.
    Open(BorrowedFd<'a>),
    /// What the child opens.
    Path(&'a CStr, OFlags),
}

/// A child that executes its program.
pub(super) struct Child {
    pub(super) pid: u32,
    pub(super) pidfd: OwnedFd,
}

/// Why there is no child.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fault {
    pub(super) step: Step,
    pub(super) errno: Errno,
}
