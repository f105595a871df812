//! The outcome that all who wait for a command share.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

use crate::error::Error;
use crate::outcome::{Outcome, PipelineOutcome};

/// How a run ended, for everybody.
pub(super) type Ended = Result<Arc<PipelineOutcome>, Error>;

/// An outcome that all who wait for a command share: an [`Outcome`], or that of a pipeline.
///
/// It is read as a reference is, and a clone costs next to nothing.
pub struct SharedOutcome<T> {
    stages: Arc<PipelineOutcome>,
    view: PhantomData<fn() -> T>,
}

/// What an outcome of one or several stages is seen as.
pub trait View: Send + Sync + 'static {
    /// Returns this sight of the outcome.
    #[doc(hidden)]
    fn of(stages: &PipelineOutcome) -> &Self;
}

impl View for Outcome {
    fn of(stages: &PipelineOutcome) -> &Self {
        stages.final_stage()
    }
}

impl View for PipelineOutcome {
    fn of(stages: &PipelineOutcome) -> &Self {
        stages
    }
}

impl<T: View> SharedOutcome<T> {
    pub(super) fn new(stages: Arc<PipelineOutcome>) -> Self {
        Self { stages, view: PhantomData }
    }
}

impl<T: View> Deref for SharedOutcome<T> {
    type Target = T;

    fn deref(&self) -> &T {
        T::of(&self.stages)
    }
}

impl<T> Clone for SharedOutcome<T> {
    fn clone(&self) -> Self {
        Self { stages: Arc::clone(&self.stages), view: PhantomData }
    }
}

impl<T: View + fmt::Debug> fmt::Debug for SharedOutcome<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
