//! Who else gets the bytes of a stream while it is read.

use super::{Onlooker, Sink, Tap};
use crate::outcome::SinkReport;

/// Everyone who gets what is read of one stream, beside the capture.
#[derive(Debug, Default)]
pub(crate) struct Audience {
    state: State,
    onlooker: Option<Onlooker>,
    tap: Option<Tap>,
    sinks: Vec<Sink>,
    /// What became of the sinks that have taken all they were given.
    reports: Vec<SinkReport>,
}

/// What a stream waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// More of the stream.
    #[default]
    More,
    /// Somebody who gets it.
    Listener,
    /// Nothing: it has ended.
    Ended,
}

impl Audience {
    /// Gathers those who listen to a stream.
    pub(crate) fn new(tap: Option<Tap>, sinks: Vec<Sink>) -> Self {
        Self { tap, sinks, ..Self::default() }
    }

    /// Lets somebody look on, too.
    pub(crate) fn with_onlooker(self, onlooker: Option<Onlooker>) -> Self {
        Self { onlooker, ..self }
    }

    /// Returns whether the stream had not ended when its reading was given up, and it was not somebody here who held
    /// it up.
    pub(crate) fn waits_for_more(&self) -> bool {
        self.state == State::More
    }

    /// Returns whether anybody looks at what is read, and not only at how much it is.
    pub(crate) fn looks(&self) -> bool {
        self.tap.is_some() || self.onlooker.as_ref().is_some_and(Onlooker::looks) || !self.sinks.is_empty()
    }

    /// Counts bytes that nobody looks at.
    pub(crate) fn count(&mut self, bytes: usize) {
        if let Some(onlooker) = &mut self.onlooker {
            onlooker.count(bytes);
        }
    }

    /// Hands on what was read; waits for those that the stream is to wait for.
    pub(crate) async fn chunk(&mut self, chunk: &[u8]) {
        // First, since the reading may be given up while somebody is waited for.
        if let Some(onlooker) = &mut self.onlooker {
            onlooker.chunk(chunk);
        }
        self.state = State::Listener;
        for sink in &mut self.sinks {
            sink.chunk(chunk).await;
        }
        if let Some(tap) = &mut self.tap {
            tap.chunk(Some(chunk)).await;
        }
        self.state = State::More;
    }

    /// Tells everyone that the stream has ended.
    pub(crate) async fn end(&mut self) {
        self.state = State::Ended;
        if let Some(onlooker) = &mut self.onlooker {
            onlooker.end();
        }
        self.sinks.iter_mut().for_each(Sink::end);
        if let Some(tap) = &mut self.tap {
            tap.chunk(None).await;
        }
    }

    /// Waits for what the sinks hold back, as long as something is taken within `patience`.
    pub(crate) async fn settle<P: Future<Output = ()>>(&mut self, patience: impl Fn() -> P) {
        if let Some(onlooker) = &mut self.onlooker {
            onlooker.end();
        }
        // All of them write what is left at the same time.
        self.sinks.iter_mut().for_each(Sink::end);
        for sink in self.sinks.drain(..) {
            self.reports.push(sink.finish(&patience).await);
        }
    }

    /// Returns what became of the sinks that were waited for, and how many lines were dropped.
    pub(crate) fn into_reports(self) -> (Vec<SinkReport>, u64) {
        (self.reports, self.tap.map_or(0, |tap| tap.dropped()))
    }
}
