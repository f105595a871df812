//! Cuprum's own runtime: one thread of each process, started on first use, for `wait` and for teardown.
//!
//! Work that is done here has the context of the code that asked for it, since it may call code of users.

use std::cell::Cell;
use std::future::Future;
use std::io;
use std::sync::mpsc;

use tokio::runtime::{Handle, Runtime};
use tokio::sync::oneshot;

use super::engine;
use crate::backend::{Backend, PerProcess};
use crate::context::InCurrentCx as _;
use crate::error::{Error, Result};

/// The name of the background thread.
const THREAD: &str = "cuprum";

thread_local! {
    /// Whether this is the background thread.
    static HERE: Cell<bool> = const { Cell::new(false) };
}

/// Returns the handle of the background runtime, which lives as long as the process.
fn handle() -> Result<&'static Handle> {
    static HANDLE: PerProcess<Handle> = PerProcess::new();
    HANDLE.get_or_try_make(start).map_err(|error| unavailable(&error))
}

fn start() -> io::Result<Handle> {
    let runtime = runtime()?;
    let handle = runtime.handle().clone();
    let run = move || {
        HERE.set(true);
        runtime.block_on(std::future::pending::<()>());
    };
    std::thread::Builder::new().name(THREAD.to_owned()).spawn(run)?;
    Ok(handle)
}

fn runtime() -> io::Result<Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}

fn unavailable(error: &io::Error) -> Error {
    engine::lost(&format!("the background runtime could not be started: {error}"))
}

/// Returns whether this is the background thread.
pub(super) fn is_here() -> bool {
    HERE.get()
}

/// Runs `work` in the background and blocks this thread until it is done.
///
/// On the background thread itself, where a hook or a reader may call it, that would wait for ever:
/// there the work gets a runtime of its own.
pub(super) fn block_on<T: Send + 'static>(
    work: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    let work = work.in_current_cx();
    if is_here() {
        let alone = std::thread::spawn(|| match runtime() {
            Ok(runtime) => runtime.block_on(work),
            Err(error) => Err(unavailable(&error)),
        });
        return alone.join().unwrap_or_else(|_| Err(engine::lost("the run panicked")));
    }
    let (sender, receiver) = mpsc::sync_channel(1);
    handle()?.spawn(async move {
        // The receiver waits until this was sent, so sending cannot fail.
        let _ = sender.send(work.await);
    });
    receiver.recv().unwrap_or_else(|_| Err(engine::lost("the run panicked")))
}

/// Runs `work` in the background; dropping the future that is returned drops the work.
pub(super) async fn spawn<T: Send + 'static>(
    work: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    let (mut sender, receiver) = oneshot::channel();
    let work = work.in_current_cx();
    handle()?.spawn(async move {
        tokio::select! {
            result = work => drop(sender.send(result)),
            () = sender.closed() => {}
        }
    });
    receiver.await.unwrap_or_else(|_| Err(engine::lost("the run panicked")))
}

/// Runs `work` where the backend does such work, or in the background, and forgets it; drops it if there is
/// no background runtime.
pub(super) fn detach(backend: &dyn Backend, work: impl Future<Output = ()> + Send + 'static) {
    if let Some(work) = backend.detach(Box::pin(work.in_current_cx()))
        && let Ok(handle) = handle()
    {
        handle.spawn(work);
    }
}
