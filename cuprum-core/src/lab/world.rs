//! What the clones of a lab share: how it is set up, the machine, and what has been asked of it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::chance::Chance;
use super::faults::Faults;
use super::heard::Heard;
use super::kernel::Kernel;
use super::matching::Entry;
use super::ran::Ran;
use crate::backend::{Detached, Digest};
use crate::spec::CancelToken;

/// Where the lab's programs lie. Nothing is there on a real machine.
pub(super) const BIN: &str = "/lab/bin";

/// How long a process may take on the lab's clock before the lab stops it.
const LIMIT: Duration = Duration::from_secs(24 * 60 * 60);

/// How long the end of a run may take: the default grace, and what a run drains at most.
const TEARDOWN: Duration = Duration::from_millis(7500);

#[derive(Default)]
pub(super) struct World {
    state: Mutex<State>,
    /// Locked for itself: an event may come from anywhere.
    pub(super) heard: Heard,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) setup: Setup,
    pub(super) kernel: Kernel,
    pub(super) faults: Faults,
    pub(super) ran: Vec<Ran>,
    /// How often each entry has answered.
    pub(super) answered: Vec<usize>,
    /// The command lines for which there was no script, each with the nearest one.
    pub(super) unscripted: Vec<String>,
    /// Work for the executor.
    pub(super) detached: Vec<Detached>,
    /// Counts what the host does; where it stands still, the host waits.
    pub(super) activity: u64,
    /// How many runs have an id.
    pub(super) ids: u128,
    /// What a scenario gives to the commands that are to be cancelled from outside.
    pub(super) token: Option<CancelToken>,
    /// Whether a task of a Tokio runtime lets the time go on.
    pub(super) pumped: bool,
}

/// What is the same for all worlds that are made of one lab.
#[derive(Clone, Debug)]
pub(super) struct Setup {
    pub(super) vars: BTreeMap<OsString, OsString>,
    pub(super) versions: BTreeMap<&'static str, String>,
    pub(super) digests: BTreeMap<&'static str, Digest>,
    pub(super) files: BTreeMap<PathBuf, Vec<u8>>,
    pub(super) entries: Arc<[Arc<Entry>]>,
    pub(super) seed: Option<u64>,
    pub(super) limit: Duration,
    pub(super) teardown: Duration,
    pub(super) allow_unscripted: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            vars: BTreeMap::from([("PATH".into(), BIN.into())]),
            versions: BTreeMap::new(),
            digests: BTreeMap::new(),
            files: BTreeMap::new(),
            entries: Arc::new([]),
            seed: None,
            limit: LIMIT,
            teardown: TEARDOWN,
            allow_unscripted: false,
        }
    }
}

impl World {
    /// Makes a world in which nothing has happened.
    pub(super) fn new(setup: Setup) -> Self {
        let kernel = Kernel::new(setup.seed.map(Chance::new), setup.files.clone());
        let state = Mutex::new(State { setup, kernel, ..State::default() });
        Self { state, heard: Heard::default() }
    }

    pub(super) fn enter(&self) -> Inside<'_> {
        // A test that panicked while it held the lock has failed already; the world is still whole.
        Inside(Some(self.state.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

/// The state while it is locked. Whoever is to be woken is woken when it is let go: that runs code of others,
/// which may enter the world again.
pub(super) struct Inside<'a>(Option<MutexGuard<'a, State>>);

impl std::ops::Deref for Inside<'_> {
    type Target = State;

    #[expect(clippy::unreachable, reason = "the guard is taken only when it is dropped")]
    fn deref(&self) -> &State {
        self.0.as_deref().unwrap_or_else(|| unreachable!())
    }
}

impl std::ops::DerefMut for Inside<'_> {
    #[expect(clippy::unreachable, reason = "the guard is taken only when it is dropped")]
    fn deref_mut(&mut self) -> &mut State {
        self.0.as_deref_mut().unwrap_or_else(|| unreachable!())
    }
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        let Some(mut state) = self.0.take() else { return };
        let woken = std::mem::take(&mut state.kernel.woken);
        let trash = std::mem::take(&mut state.kernel.trash);
        drop(state);
        woken.into_iter().for_each(std::task::Waker::wake);
        drop(trash);
    }
}
