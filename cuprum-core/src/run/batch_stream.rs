//! The results of a batch, as they come.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::sync::mpsc;

use super::background;
use super::batch::Going;
use super::running::Work;
use crate::context::Rules;
use crate::error::Result;

/// The results of a batch, as they come, with the positions of their commands. Made by
/// [`Batch::stream`](crate::spec::Batch::stream).
///
/// It is a [`Stream`](futures_core::Stream), and nothing starts until it is polled; the context is the one that
/// is current then. [`wait`](Self::wait) makes an iterator of it, for a thread without a runtime. What keeps
/// the whole batch from running comes as the only item, with the position 0.
///
/// # Cancel safety
///
/// No result is lost when a future of [`next`](Self::next) is dropped. Dropping the stream tears down what is
/// running.
#[must_use = "nothing runs until the stream is read"]
pub struct BatchStream<O> {
    state: State<O>,
}

type Item<O> = (usize, Result<O>);
type Start<O> = Box<dyn FnOnce(Arc<Rules>) -> Result<Going<O, O>> + Send>;

enum State<O> {
    Lazy(Start<O>),
    Running { receiver: mpsc::UnboundedReceiver<Item<O>>, work: Option<Work<()>> },
    Ended,
}

impl<O: Send + 'static> BatchStream<O> {
    pub(super) fn new(start: impl FnOnce(Arc<Rules>) -> Result<Going<O, O>> + Send + 'static) -> Self {
        Self { state: State::Lazy(Box::new(start)) }
    }

    /// Returns the position of the next command that has ended, and its result; `None` after the last.
    pub async fn next(&mut self) -> Option<(usize, Result<O>)> {
        std::future::poll_fn(|context| self.poll_item(context)).await
    }

    /// Reads the results on this thread, which blocks until each of them has come.
    ///
    /// The batch runs on Cuprum's background runtime, from the first result that is asked for.
    pub fn wait(mut self) -> impl Iterator<Item = (usize, Result<O>)> {
        std::iter::from_fn(move || {
            self.start(false);
            let state = std::mem::replace(&mut self.state, State::Ended);
            let mut stream = Self { state };
            let next = background::block_on(async move {
                let item = stream.next().await;
                Ok((stream, item))
            });
            match next {
                Ok((stream, item)) => {
                    self.state = stream.state;
                    item
                }
                Err(error) => Some((0, Err(error))),
            }
        })
    }

    /// Starts the batch, unless it was; on the background runtime, or here if this is a place for it.
    fn start(&mut self, may_be_here: bool) {
        if !matches!(self.state, State::Lazy(_)) {
            return;
        }
        let State::Lazy(start) = std::mem::replace(&mut self.state, State::Ended) else { return };
        let (sender, receiver) = mpsc::unbounded_channel();
        let rules = Rules::current();
        let is_home = may_be_here && rules.backend.is_home();
        let work: Work<()> = Box::pin(async move {
            match start(rules) {
                Ok(mut going) => {
                    while let Some(item) = going.next().await {
                        // A reader that is gone has dropped this work, too.
                        let _ = sender.send(item);
                    }
                }
                Err(error) => drop(sender.send((0, Err(error)))),
            }
            Ok(())
        });
        let work = if is_home { work } else { Box::pin(background::spawn(work)) };
        self.state = State::Running { receiver, work: Some(work) };
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Item<O>>> {
        self.start(true);
        let State::Running { receiver, work } = &mut self.state else { return Poll::Ready(None) };
        if let Some(running) = work
            && let Poll::Ready(ended) = running.as_mut().poll(context)
        {
            *work = None;
            if let Err(error) = ended {
                self.state = State::Ended;
                return Poll::Ready(Some((0, Err(error))));
            }
        }
        let item = std::task::ready!(receiver.poll_recv(context));
        if item.is_none() {
            self.state = State::Ended;
        }
        Poll::Ready(item)
    }
}

impl<O: Send + 'static> futures_core::Stream for BatchStream<O> {
    type Item = (usize, Result<O>);

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

// What is polled is boxed.
impl<O> Unpin for BatchStream<O> {}

impl<O> fmt::Debug for BatchStream<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchStream").finish_non_exhaustive()
    }
}
