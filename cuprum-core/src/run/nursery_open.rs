//! A nursery on its way: takes what is started, waits for all of it, and stops it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::mpsc;

use super::contained::{Contained, Shown};
use super::group::Together;
use super::nursery::{Nursery, NurseryRun, Started};
use super::set::Set;
use super::{engine, watch};
use crate::context::{Cx, Rules};
use crate::error::{Cause, Error, ErrorKind, Result};
use crate::event::Group;
use crate::outcome::{CancelKind, Cancellation};
use crate::spec::CancelToken;

/// A nursery while it runs.
pub(super) struct Open<T> {
    /// Until it has ended.
    body: Option<Contained<T>>,
    result: Option<Result<T>>,
    starts: mpsc::UnboundedReceiver<Started>,
    running: Set<Started>,
    /// The failures of the children, and whether somebody has seen them.
    failures: Vec<(usize, Error, Arc<AtomicBool>)>,
    fail_fast: bool,
    timeout: Option<Duration>,
    cancel: Vec<CancelToken>,
    stop: CancelToken,
    rules: Arc<Rules>,
    together: Together,
}

impl<T: Send + 'static> Open<T> {
    pub(super) fn new(run: NurseryRun<T>, rules: Arc<Rules>) -> Self {
        let (sender, starts) = mpsc::unbounded_channel();
        let stop = CancelToken::new();
        let (together, rules) = Together::open(Group::Nursery, None, rules);
        let nursery = Nursery { starts: sender, stop: stop.clone(), rules: Arc::clone(&rules) };
        let (body, cx) = (run.body, Cx::under(Arc::clone(&rules)));
        // Called inside, so that its panic is contained, too.
        let body = Contained::new(Shown::default().under(&rules), async move {
            cx.scope(async { body(nursery).await }).await
        });
        let mut cancel = run.cancel;
        cancel.extend(rules.limits.cancel.iter().cloned());
        Self {
            body: Some(body),
            result: None,
            starts,
            running: Set::new(),
            failures: Vec::new(),
            fail_fast: run.fail_fast,
            timeout: run.timeout,
            cancel,
            stop,
            rules,
            together,
        }
    }

    pub(super) async fn run(mut self) -> Result<T> {
        let rules = Arc::clone(&self.rules);
        let tokens = std::mem::take(&mut self.cancel);
        let mut cancelled = std::pin::pin!(watch::any(&tokens));
        let mut over = self.timeout.map(|limit| rules.backend.sleep(limit));
        let mut over = std::pin::pin!(async {
            match &mut over {
                Some(over) => over.await,
                None => std::future::pending().await,
            }
        });
        let mut is_stopped = false;
        let mut is_closed = false;
        while self.body.is_some() || !is_closed || self.running.len() > 0 {
            let body = async {
                match &mut self.body {
                    Some(body) => body.await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                () = &mut cancelled, if !is_stopped => {
                    is_stopped = true;
                    let reason = tokens.iter().find_map(CancelToken::reason).unwrap_or_default();
                    let why = Cancellation::new(CancelKind::Parent).because(&reason);
                    self.stop(ErrorKind::Cancelled, Cause::Cancelled(reason), why);
                }
                () = &mut over, if !is_stopped => {
                    is_stopped = true;
                    let limit = self.timeout.unwrap_or_default();
                    let why = format!("the nursery has taken {limit:?}");
                    let reason = Cancellation::new(CancelKind::Deadline).message(why.clone());
                    self.stop(ErrorKind::Timeout, Cause::Text(why), reason);
                }
                started = self.starts.recv(), if !is_closed => match started {
                    Some(started) => self.running.push(started),
                    None => is_closed = true,
                },
                result = body => self.body_ended(result),
                Some((index, (error, taken))) = self.running.next(), if self.running.len() > 0 => {
                    self.child_ended(index, error, taken);
                }
            }
        }
        let mut together = std::mem::replace(&mut self.together, Together::silent(Group::Nursery));
        let result = self.result();
        together.close(result.is_ok());
        result
    }

    /// Drops the body, and tears down what runs.
    fn stop(&mut self, kind: ErrorKind, cause: Cause, why: Cancellation) {
        self.stop.cancel_because(why);
        if self.result.as_ref().is_none_or(Result::is_ok) {
            self.result = Some(Err(Error::new(kind, "", "a nursery".to_owned(), cause)));
        }
        self.body = None;
        self.starts.close();
    }

    fn body_ended(&mut self, result: Result<T>) {
        if let Err(error) = &result {
            let why = Cancellation::new(CancelKind::FailFast).message(format!("the body: {}", error.kind()));
            self.stop.cancel_because(why);
        }
        self.result = Some(result);
        self.body = None;
        self.starts.close();
    }

    fn child_ended(&mut self, index: usize, error: Option<Error>, taken: Arc<AtomicBool>) {
        self.together.ended(index, error.is_some());
        let Some(error) = error else { return };
        if self.fail_fast {
            let why = format!("command {index}: {}", error.kind());
            self.stop.cancel_because(Cancellation::new(CancelKind::FailFast).message(why));
        }
        self.failures.push((index, error, taken));
    }

    /// Returns the result of the whole, when everything has ended.
    fn result(mut self) -> Result<T> {
        let is_stopped = self.stop.is_cancelled();
        let is_consequence = |error: &Error| is_stopped && error.kind() == ErrorKind::Cancelled;
        // In the order of their ends, the first failure is the one that has stopped others.
        let first = self.failures.iter().position(|(_, error, _)| !is_consequence(error));
        match self.result.take() {
            Some(Err(error)) if self.fail_fast && is_consequence(&error) => {
                Err(first.map_or(error, |first| self.failures.swap_remove(first).1))
            }
            Some(Ok(value)) => {
                let lost = |(_, error, taken): &&(usize, Error, Arc<AtomicBool>)| {
                    !taken.load(Ordering::Acquire) && !is_consequence(error)
                };
                match self.failures.iter().filter(lost).min_by_key(|(index, ..)| *index) {
                    Some((_, error, _)) => Err(error.clone()),
                    None => Ok(value),
                }
            }
            Some(Err(error)) => Err(error),
            None => Err(engine::lost("its body did not end")),
        }
    }
}
