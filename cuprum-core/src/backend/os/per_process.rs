//! What a process makes once for itself, and the child of a fork anew.

use std::sync::{Mutex, OnceLock, PoisonError};

/// A value that each process makes for itself: one that is about its threads, or its number.
///
/// The child of a fork has its parent's memory and none of its threads (fork(2)). A program that becomes a daemon is
/// such a child.
pub(crate) struct PerProcess<T> {
    /// The value of the process that was the first to need one, then that of a process it has forked, and so on.
    first: OnceLock<Box<Made<T>>>,
    making: Mutex<()>,
}

struct Made<T> {
    process: u32,
    value: T,
    child: OnceLock<Box<Self>>,
}

impl<T> PerProcess<T> {
    pub(crate) const fn new() -> Self {
        Self { first: OnceLock::new(), making: Mutex::new(()) }
    }

    /// Returns this process's value, which is made if there is none. If that fails, the next one tries again.
    pub(crate) fn get_or_try_make<E>(&self, make: impl FnOnce() -> Result<T, E>) -> Result<&T, E> {
        self.of(std::process::id(), make)
    }

    fn of<E>(&self, process: u32, make: impl FnOnce() -> Result<T, E>) -> Result<&T, E> {
        if let Ok(made) = self.find(process) {
            return Ok(&made.value);
        }
        // Nobody is half done if this is poisoned.
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        match self.find(process) {
            Ok(made) => Ok(&made.value),
            Err(place) => {
                let made = Made { process, value: make()?, child: OnceLock::new() };
                Ok(&place.get_or_init(|| Box::new(made)).value)
            }
        }
    }

    /// Returns what a process has made, or the place for it.
    fn find(&self, process: u32) -> Result<&Made<T>, &OnceLock<Box<Made<T>>>> {
        let mut place = &self.first;
        while let Some(made) = place.get() {
            if made.process == process {
                return Ok(made);
            }
            place = &made.child;
        }
        Err(place)
    }
}

#[cfg(test)]
mod tests {
    use super::PerProcess;

    #[test]
    fn each_process_makes_its_own_once_and_tries_again_what_failed() {
        let values = PerProcess::new();
        assert_eq!(values.of(1, || Err::<u32, _>("no")), Err("no"));
        assert_eq!(values.of(1, || Ok::<_, &str>(10)), Ok(&10));
        assert_eq!(values.of(1, || Err("not asked")), Ok(&10));
        assert_eq!(values.of(2, || Ok::<_, &str>(20)), Ok(&20));
        assert_eq!((values.of(2, || Err(())), values.of(1, || Err(()))), (Ok(&20), Ok(&10)));
    }
}
