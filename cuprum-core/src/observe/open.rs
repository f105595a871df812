//! What is going on: what an observer keeps of each stage, pipeline and group until its end.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::event::{Event, EventKind, RunId};

/// What an observer keeps of what has begun and not ended: spans, or rows of a table.
///
/// The stages of a pipeline are put into an entry of its own, which begins with the first of them and ends
/// with the last one.
#[derive(Debug)]
pub(super) struct Open<T>(Mutex<Entries<T>>);

type Entries<T> = HashMap<Key, Entry<T>, BuildHasherDefault<ByRun>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Group(RunId),
    Pipeline(RunId),
    Stage(RunId, usize),
}

/// The run's number, and the place in the run.
impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (run, place) = match self {
            Self::Group(run) => (run, 0),
            Self::Pipeline(run) => (run, 1),
            Self::Stage(run, stage) => (run, 2 + *stage as u64),
        };
        // The lower half is counted, and the upper one is the same for all runs of a process.
        state.write_u64(run.as_u128() as u64);
        state.write_u64(place);
    }
}

/// Hashes a key by a multiplication. Nobody can choose the ids of runs, so nothing more is needed.
#[derive(Default)]
struct ByRun(u64);

impl Hasher for ByRun {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, number: u64) {
        // 2^64 divided by the golden ratio; the table takes bits from both ends.
        let mixed = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

#[derive(Debug)]
struct Entry<T> {
    kept: T,
    /// Of a pipeline, how many of its stages have begun and not ended, and whether one has failed.
    stages: usize,
    failed: bool,
}

/// What begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begins {
    /// What runs several.
    Group,
    /// Several stages at once; the event is about the first of them.
    Pipeline,
    /// One command.
    Stage,
}

/// What has ended with an event.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ended<T> {
    /// What was kept of the stage, or of the group.
    pub(super) own: Option<T>,
    /// What was kept of the pipeline, if this was the last of its stages, and whether one of them had failed.
    pub(super) pipeline: Option<(T, bool)>,
}

impl<T> Default for Open<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Open<T> {
    /// Begins what the event begins, from the outside to the inside, and returns what is kept of the last one.
    ///
    /// `make` is given what begins, and what is kept of what it belongs to; other runs do not wait for it. If
    /// the same had begun before, what was kept of it is returned, too.
    pub(super) fn begin(
        &self,
        event: &Event,
        mut make: impl FnMut(Begins, Option<&T>) -> T,
    ) -> (T, Option<T>) {
        // The events of one run come one after the other, so nobody else begins the same meanwhile.
        let mut parent = event.parent().and_then(|id| self.kept(Key::Group(id)));
        let begins = match event.invocation() {
            None => Begins::Group,
            Some(_) => Begins::Stage,
        };
        let key = Key::of(event);
        if event.invocation().is_some_and(|invocation| invocation.stages() > 1) {
            let pipeline = Key::Pipeline(event.id());
            let kept = self.kept(pipeline).unwrap_or_else(|| make(Begins::Pipeline, parent.as_ref()));
            let mut open = self.lock();
            let is_new = !open.contains_key(&key);
            let entry = open.entry(pipeline).or_insert_with(|| Entry::new(kept.clone()));
            entry.stages += usize::from(is_new);
            parent = Some(kept);
        }
        let kept = make(begins, parent.as_ref());
        let old = self.lock().insert(key, Entry::new(kept.clone()));
        (kept, old.map(|old| old.kept))
    }

    /// Returns what is kept of the stage or group that the event is about.
    pub(super) fn get(&self, event: &Event) -> Option<T> {
        self.kept(Key::of(event))
    }

    /// Returns what is kept of a stage.
    #[cfg(feature = "opentelemetry")]
    pub(super) fn stage(&self, run: RunId, stage: usize) -> Option<T> {
        self.kept(Key::Stage(run, stage))
    }

    /// Forgets what has ended with the event.
    pub(super) fn end(&self, event: &Event) -> Ended<T> {
        let mut open = self.lock();
        let own = open.remove(&Key::of(event)).map(|entry| entry.kept);
        if own.is_none() || event.invocation().is_none_or(|invocation| invocation.stages() == 1) {
            return Ended { own, pipeline: None };
        }
        let key = Key::Pipeline(event.id());
        let mut last = false;
        if let Some(pipeline) = open.get_mut(&key) {
            pipeline.stages = pipeline.stages.saturating_sub(1);
            pipeline.failed |= has_failed(event);
            last = pipeline.stages == 0;
        }
        let pipeline = if last { open.remove(&key) } else { None };
        Ended { own, pipeline: pipeline.map(|entry| (entry.kept, entry.failed)) }
    }

    fn kept(&self, key: Key) -> Option<T> {
        self.lock().get(&key).map(|entry| entry.kept.clone())
    }

    fn lock(&self) -> MutexGuard<'_, Entries<T>> {
        // It is whole between any two statements of this file.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Entry<T> {
    fn new(kept: T) -> Self {
        Self { kept, stages: 0, failed: false }
    }
}

impl Key {
    fn of(event: &Event) -> Self {
        match event.invocation() {
            Some(_) => Self::Stage(event.id(), event.stage()),
            None => Self::Group(event.id()),
        }
    }
}

/// Returns whether the event says that its stage has not done what it should.
pub(super) fn has_failed(event: &Event) -> bool {
    match event.kind() {
        EventKind::Exited(exited) => exited.failed || exited.stopped.is_some(),
        EventKind::Refused(_) | EventKind::NotStarted(_) | EventKind::Lost(_) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Made;
    use super::*;
    use crate::event::Group;

    /// Begins what the event begins, and keeps a text of it and of what it is in.
    fn begin(open: &Open<String>, event: &Event) -> (String, Option<String>) {
        open.begin(event, |begins, parent| {
            let own = format!("{begins:?}{}", event.stage());
            parent.map_or(own.clone(), |parent| format!("{parent}/{own}"))
        })
    }

    #[test]
    fn a_command_lies_in_its_group() {
        let open = Open::default();
        let (batch, command) = (Made::group(1), Made::stage(2, 0, 1).inside(1));
        assert_eq!(begin(&open, &batch.opened(Group::Batch)).0, "Group0");
        assert_eq!(begin(&open, &command.planned()).0, "Group0/Stage0");
        assert_eq!(open.get(&command.started(1)).as_deref(), Some("Group0/Stage0"));
        let ended = open.end(&command.exited(5, 0));
        assert_eq!((ended.own.as_deref(), ended.pipeline), (Some("Group0/Stage0"), None));
        assert_eq!(open.get(&command.planned()), None);
        assert_eq!(open.end(&batch.planned()).own.as_deref(), Some("Group0"));
        assert!(open.lock().is_empty());
    }

    #[test]
    fn a_pipeline_lasts_from_its_first_stage_to_the_end_of_its_last() {
        let open = Open::default();
        let stages = [Made::stage(1, 0, 2), Made::stage(1, 1, 2)];
        assert_eq!(begin(&open, &stages[0].planned()).0, "Pipeline0/Stage0");
        assert_eq!(begin(&open, &stages[1].planned()).0, "Pipeline0/Stage1");
        assert_eq!(open.end(&stages[1].exited(5, 0)).pipeline, None);
        assert_eq!(open.end(&stages[0].exited(6, 1)).pipeline, Some(("Pipeline0".to_owned(), true)));
        assert_eq!(open.end(&stages[0].exited(6, 1)), Ended { own: None, pipeline: None });
        assert!(open.lock().is_empty());
    }

    #[test]
    fn keys_of_many_runs_and_stages_have_hashes_of_their_own() {
        use std::hash::BuildHasher as _;
        let hasher = BuildHasherDefault::<ByRun>::default();
        let start = 0x0123_4567_89ab_cdef_ffff_ffff_ffff_fff0;
        let keys = (start..start + 4096).flat_map(|run| {
            let run = RunId::from_u128(run);
            [Key::Group(run), Key::Pipeline(run), Key::Stage(run, 0), Key::Stage(run, 1)]
        });
        let hashes: std::collections::HashSet<u64> = keys.map(|key| hasher.hash_one(key)).collect();
        assert_eq!(hashes.len(), 4 * 4096);
        // A table uses the lowest bits and the highest seven.
        let buckets: std::collections::HashSet<u64> = hashes.iter().map(|hash| hash & 0x3fff).collect();
        let tags: std::collections::HashSet<u64> = hashes.iter().map(|hash| hash >> 57).collect();
        assert!(buckets.len() > 8000 && tags.len() == 128, "{} {}", buckets.len(), tags.len());
    }

    #[test]
    fn what_begins_twice_gives_back_what_was_there() {
        let open = Open::default();
        let command = Made::stage(1, 0, 2);
        assert_eq!(begin(&open, &command.planned()).1, None);
        assert_eq!(begin(&open, &command.planned()).1.as_deref(), Some("Pipeline0/Stage0"));
        assert!(open.end(&command.exited(1, 0)).pipeline.is_some(), "it counts once");
    }
}
