//! The values of a context.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use super::{Allowed, Catalogue, Listing, Watchers};
use crate::backend::{Backend, Digest, FileStamp, Os};
use crate::spec::{Attributes, Environment, Limits, ProgramSpec, Project, Pump, Version};
use tokio::sync::Mutex;

/// The values of a context, without its compile-time promise.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    pub(crate) allowed: Allowed,
    /// The catalogue, and its programs as a list.
    pub(crate) catalogue: Option<(Arc<Catalogue>, Listing)>,
    pub(crate) pins: Vec<Pin>,
    pub(crate) backend: Arc<dyn Backend>,
    pub(crate) environment: Environment,
    pub(crate) capture: CaptureLimit,
    pub(crate) pump: Option<Pump>,
    pub(crate) limits: Limits,
    pub(crate) attributes: Attributes,
    pub(crate) versions: Versions,
    pub(crate) watch: Watchers,
}

/// The versions of programs that have been asked so far, by their files.
pub(crate) type Versions = Arc<Mutex<HashMap<PathBuf, (FileStamp, Version)>>>;

impl Rules {
    /// Returns the rules of code without a context.
    pub(crate) fn initial() -> Arc<Self> {
        static INITIAL: LazyLock<Arc<Rules>> = LazyLock::new(|| {
            Arc::new(Rules {
                allowed: Allowed::outside(),
                catalogue: None,
                pins: Vec::new(),
                backend: Arc::new(Os::new()),
                environment: Environment::new(),
                capture: CaptureLimit::default(),
                pump: None,
                limits: Limits::default(),
                attributes: Attributes::default(),
                versions: Versions::default(),
                watch: Watchers::default(),
            })
        });
        Arc::clone(&INITIAL)
    }

    /// Returns what the context makes of `PATH`: nothing, taken away, or a value.
    pub(crate) fn path_change(&self) -> Option<Option<&OsStr>> {
        self.environment.change_of(OsStr::new("PATH"))
    }

    /// Returns the project that a program belongs to, by the catalogue or else as its derive says; one without a
    /// name if none is known.
    pub(crate) fn project_of(&self, program: &ProgramSpec) -> Project {
        let listed = self.catalogue.as_ref().and_then(|(catalogue, _)| catalogue.project_for(program));
        listed.copied().unwrap_or(Project::new(program.project()))
    }
}

/// A program as a list, and the digests of which its file must have one.
#[derive(Clone, Debug)]
pub(crate) struct Pin {
    pub(crate) program: Listing,
    pub(crate) digests: Vec<Digest>,
}

/// How much of an output stream is kept, in bytes; the middle is counted and let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CaptureLimit {
    /// How much of the start is kept.
    pub head: usize,
    /// How much of the end is kept.
    pub tail: usize,
}

impl CaptureLimit {
    /// Keeps everything, however much it is.
    pub const WHOLE: Self = Self { head: usize::MAX, tail: 0 };
}

/// 32 MiB of the start and 32 MiB of the end.
impl Default for CaptureLimit {
    fn default() -> Self {
        Self { head: 32 << 20, tail: 32 << 20 }
    }
}
