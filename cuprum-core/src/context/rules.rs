//! The values of a context.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use super::{Allowed, Watchers};
use crate::backend::{Backend, FileStamp, Os};
use crate::spec::{Attributes, Environment, Limits, Version};
use tokio::sync::Mutex;

/// The values of a context, without its compile-time promise.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    pub(crate) allowed: Allowed,
    pub(crate) backend: Arc<dyn Backend>,
    pub(crate) environment: Environment,
    pub(crate) capture: CaptureLimit,
    pub(crate) limits: Limits,
    pub(crate) attributes: Attributes,
    pub(crate) versions: Versions,
    pub(crate) watch: Watchers,
}

/// The versions of programs that have been asked so far, by their files.
pub(crate) type Versions = Arc<Mutex<HashMap<PathBuf, (FileStamp, Version)>>>;

impl Rules {
    /// Returns the rules outside of every scope.
    pub(crate) fn initial() -> Arc<Self> {
        static INITIAL: LazyLock<Arc<Rules>> = LazyLock::new(|| {
            Arc::new(Rules {
                allowed: Allowed::default(),
                backend: Arc::new(Os::new()),
                environment: Environment::new(),
                capture: CaptureLimit::default(),
                limits: Limits::default(),
                attributes: Attributes::default(),
                versions: Versions::default(),
                watch: Watchers::default(),
            })
        });
        Arc::clone(&INITIAL)
    }
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
