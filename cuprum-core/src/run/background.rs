//! Cuprum's own runtime: one thread, started on first use, for `wait` and for teardown.

use std::future::Future;
use std::io;
use std::sync::OnceLock;
use std::sync::mpsc;

use tokio::runtime::Handle;
use tokio::sync::oneshot;

use super::engine;
use crate::error::Result;

/// Returns the handle of the background runtime, which lives as long as the process.
fn handle() -> Result<&'static Handle> {
    static HANDLE: OnceLock<io::Result<Handle>> = OnceLock::new();
    HANDLE
        .get_or_init(start)
        .as_ref()
        .map_err(|error| engine::lost(&format!("the background runtime could not be started: {error}")))
}

fn start() -> io::Result<Handle> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    std::thread::Builder::new()
        .name("cuprum".to_owned())
        .spawn(move || runtime.block_on(std::future::pending::<()>()))?;
    Ok(handle)
}

/// Runs `work` in the background and blocks this thread until it is done.
pub(super) fn block_on<T: Send + 'static>(
    work: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
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
    handle()?.spawn(async move {
        tokio::select! {
            result = work => drop(sender.send(result)),
            () = sender.closed() => {}
        }
    });
    receiver.await.unwrap_or_else(|_| Err(engine::lost("the run panicked")))
}

/// Runs `work` in the background and forgets it; drops it if there is no background runtime.
pub(super) fn detach(work: impl Future<Output = ()> + Send + 'static) {
    if let Ok(handle) = handle() {
        handle.spawn(work);
    }
}
