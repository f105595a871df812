//! Entries that are added to a context which is in use, and taken back one by one.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// An entry in a context that is in use: what it permits, a hook, an observer.
///
/// It holds in that context, in its clones, and in the contexts that are derived from it, those that are
/// there already included; never in the one it was derived from. Dropping the registration takes the entry
/// back, and so does [`detach`](Self::detach): exactly this entry, whichever others came or went in between,
/// from any thread, and without harm when the context is gone. A run that has begun goes on with the entries
/// that it began with.
#[must_use = "dropping a registration takes its entry back at once; `keep` leaves it for good"]
#[doc(alias = "HookRegistration")]
#[doc(alias = "AllowRegistration")]
pub struct Registration {
    entries: Weak<dyn Remove>,
    id: u64,
}

impl Registration {
    /// Takes the entry back; when that was done before, nothing happens.
    pub fn detach(&self) {
        if let Some(entries) = self.entries.upgrade() {
            entries.remove(self.id);
        }
    }

    /// Leaves the entry for good: as long as there is a context that has it.
    pub fn keep(mut self) {
        self.entries = Weak::<Entries<()>>::new();
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.detach();
    }
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registration").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The entries of one sort that a context has: those of the contexts it was derived from, then its own.
///
/// A clone belongs to a derived context: it sees what is here, also what comes later, and has a place of its
/// own for what is only there.
pub(crate) struct Registry<T> {
    outer: Vec<Arc<Entries<T>>>,
    own: Arc<Entries<T>>,
}

impl<T> Registry<T> {
    /// Adds an entry that stays, and that no context has which was derived before.
    pub(crate) fn add(&mut self, entry: T) {
        if Arc::strong_count(&self.own) > 1 {
            *self = self.clone();
        }
        self.own.add(entry);
    }

    /// Returns the entries, outer ones first, each context's in the order they were added.
    pub(crate) fn entries(&self) -> Vec<T>
    where
        T: Clone,
    {
        let mut all = Vec::new();
        for entries in self.outer.iter().chain([&self.own]) {
            all.extend(entries.list());
        }
        all
    }
}

impl<T: Send + 'static> Registry<T> {
    /// Adds an entry until the registration is dropped or detached.
    pub(crate) fn register(&self, entry: T) -> Registration {
        Entries::register(&self.own, entry)
    }
}

impl<T> Clone for Registry<T> {
    fn clone(&self) -> Self {
        // Nobody can add to entries that only this registry holds for an outer context; without this, a
        // context that is derived from itself again and again would hold more and more of them.
        let is_live = |entries: &&Arc<Entries<T>>| Arc::strong_count(entries) > 1 || !entries.is_empty();
        let outer = self.outer.iter().filter(is_live).chain([&self.own]).cloned().collect();
        Self { outer, own: Arc::default() }
    }
}

impl<T> Default for Registry<T> {
    fn default() -> Self {
        Self { outer: Vec::new(), own: Arc::default() }
    }
}

/// Shows how many entries there are.
impl<T> fmt::Debug for Registry<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts =
            self.outer.iter().chain([&self.own]).map(|entries| entries.count.load(Ordering::Acquire));
        f.debug_tuple("Registry").field(&counts.sum::<usize>()).finish()
    }
}

/// The entries that were added to one context.
pub(super) struct Entries<T> {
    /// Their number, so that who finds none need not lock.
    count: AtomicUsize,
    numbered: Mutex<Numbered<T>>,
}

struct Numbered<T> {
    next: u64,
    list: Vec<(u64, T)>,
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        let numbered = Mutex::new(Numbered { next: 0, list: Vec::new() });
        Self { count: AtomicUsize::new(0), numbered }
    }
}

impl<T: Send + 'static> Entries<T> {
    /// Adds an entry until the registration is dropped or detached.
    pub(super) fn register(entries: &Arc<Self>, entry: T) -> Registration {
        let id = entries.add(entry);
        let entries: Weak<Self> = Arc::downgrade(entries);
        Registration { entries, id }
    }
}

impl<T> Entries<T> {
    pub(super) fn is_empty(&self) -> bool {
        self.count.load(Ordering::Acquire) == 0
    }

    /// Returns the entries in the order they were added.
    pub(super) fn list(&self) -> Vec<T>
    where
        T: Clone,
    {
        if self.is_empty() {
            return Vec::new();
        }
        self.lock().list.iter().map(|(_, entry)| entry.clone()).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Numbered<T>> {
        self.numbered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, entry: T) -> u64 {
        let mut numbered = self.lock();
        let id = numbered.next;
        numbered.next += 1;
        numbered.list.push((id, entry));
        self.count.store(numbered.list.len(), Ordering::Release);
        id
    }
}

/// Shows how many there are.
impl<T> fmt::Debug for Entries<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Entries").field(&self.count.load(Ordering::Acquire)).finish()
    }
}

trait Remove: Send + Sync {
    fn remove(&self, id: u64);
}

impl<T: Send> Remove for Entries<T> {
    fn remove(&self, id: u64) {
        let mut numbered = self.lock();
        let Ok(place) = numbered.list.binary_search_by_key(&id, |(id, _)| *id) else { return };
        let entry = numbered.list.remove(place);
        self.count.store(numbered.list.len(), Ordering::Release);
        drop(numbered);
        // What is dropped with the entry is not ours; it may come back here.
        drop(entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_registration_takes_back_its_own_entry_in_any_order() {
        let registry = Registry::default();
        let [a, b, c] = ['a', 'b', 'c'].map(|entry| registry.register(entry));
        a.detach();
        assert_eq!(registry.entries(), ['b', 'c']);
        drop(c);
        assert_eq!(registry.entries(), ['b']);
        a.detach();
        drop(a);
        assert_eq!(registry.entries(), ['b']);
        let d = registry.register('d');
        b.detach();
        assert_eq!(registry.entries(), ['d']);
        drop(d);
        assert_eq!(registry.entries(), [] as [char; 0]);
    }

    #[test]
    fn an_entry_that_is_kept_stays() {
        let registry = Registry::default();
        registry.register(1).keep();
        registry.register(2).detach();
        assert_eq!(registry.entries(), [1]);
    }

    #[test]
    fn a_registration_may_be_detached_on_any_thread_and_after_its_context() {
        let registry = Registry::default();
        let (first, second) = (registry.register(1), registry.register(2));
        std::thread::spawn(move || first.detach()).join().unwrap();
        assert_eq!(registry.entries(), [2]);
        drop(registry);
        second.detach();
    }

    #[test]
    fn a_derived_context_sees_what_comes_later_and_keeps_its_own() {
        let outer = Registry::default();
        let first = outer.register(1);
        let inner = outer.clone();
        let third = inner.register(3);
        let second = outer.register(2);
        assert_eq!((outer.entries(), inner.entries()), (vec![1, 2], vec![1, 2, 3]));
        drop(first);
        assert_eq!((outer.entries(), inner.entries()), (vec![2], vec![2, 3]));
        drop(outer);
        assert_eq!(inner.entries(), [2, 3], "its registration is still there");
        drop((second, third));
        assert_eq!(inner.entries(), [] as [i32; 0]);
    }

    #[test]
    fn what_is_added_to_a_value_is_not_seen_by_what_was_derived_before() {
        let mut value = Registry::default();
        value.add(1);
        let derived = value.clone();
        value.add(2);
        let registration = value.register(3);
        assert_eq!((value.entries(), derived.entries()), (vec![1, 2, 3], vec![1]));
        drop(registration);
    }

    #[test]
    fn contexts_that_follow_each_other_do_not_pile_up() {
        let mut registry = Registry::<u8>::default();
        for _ in 0..1000 {
            registry = registry.clone();
        }
        assert!(registry.outer.len() <= 2, "{}", registry.outer.len());
    }

    #[test]
    fn an_entry_may_come_back_when_it_is_dropped() {
        struct Again(Registry<Vec<Again>>, &'static AtomicUsize);
        impl Drop for Again {
            fn drop(&mut self) {
                self.1.store(self.0.entries_seen(), Ordering::Relaxed);
            }
        }
        impl Registry<Vec<Again>> {
            fn entries_seen(&self) -> usize {
                self.outer.iter().map(|entries| entries.lock().list.len() + 1).sum()
            }
        }
        static SEEN: AtomicUsize = AtomicUsize::new(0);
        let registry = Registry::default();
        let again = Again(registry.clone(), &SEEN);
        registry.register(vec![again]).detach();
        assert_eq!(SEEN.load(Ordering::Relaxed), 1);
    }
}
