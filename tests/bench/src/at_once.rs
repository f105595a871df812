//! Does the same thing many times, some of them at once: on threads, or as tasks of a runtime.

use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use crate::{Fault, Result};

/// Calls `one` so many times, on as many threads as may be under way at once.
pub(crate) fn on_threads(times: usize, at_once: usize, one: impl Fn() -> Result<()> + Sync) -> Result<()> {
    let begun = AtomicUsize::new(0);
    let work = || {
        while begun.fetch_add(1, Ordering::Relaxed) < times {
            one()?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..at_once).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().map_err(|_| Fault::from("a thread panicked"))?)
    })
}

/// Spawns what `one` returns so many times, and waits whenever as many are under way as may be at once.
pub(crate) async fn as_tasks<F>(times: usize, at_once: usize, one: impl Fn() -> F) -> Result<()>
where
    F: Future<Output = Result<()>> + Send + 'static,
{
    let mut under_way = JoinSet::new();
    for _ in 0..times {
        if under_way.len() >= at_once
            && let Some(ended) = under_way.join_next().await
        {
            ended??;
        }
        under_way.spawn(one());
    }
    while let Some(ended) = under_way.join_next().await {
        ended??;
    }
    Ok(())
}

/// Returns a runtime of one thread, the caller's.
pub(crate) fn current_thread() -> Result<Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}

/// Returns a runtime with a thread for each core.
pub(crate) fn multi_thread() -> Result<Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_done_so_many_times_and_a_fault_comes_out() {
        let (threads, tasks) = (AtomicUsize::new(0), AtomicUsize::new(0));
        on_threads(10, 3, || {
            threads.fetch_add(1, Ordering::Relaxed);
            Ok(())
        })
        .unwrap();
        let runtime = current_thread().unwrap();
        let one = || {
            tasks.fetch_add(1, Ordering::Relaxed);
            async { Ok(()) }
        };
        runtime.block_on(as_tasks(10, 3, one)).unwrap();
        assert_eq!((threads.into_inner(), tasks.into_inner()), (10, 10));
        assert!(on_threads(10, 3, || Err("no".into())).is_err());
        assert!(runtime.block_on(as_tasks(10, 3, || async { Err("no".into()) })).is_err());
    }
}
