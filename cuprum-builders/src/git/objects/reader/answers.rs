//! Many objects at once: requests are written while answers are read.

use super::wire::Want;
use super::{Objects, ObjectsError};
use crate::args::ObjectName;
use crate::git::FoundObject;

/// How many requests are on their way at once; each is at most some 5 KiB.
const TOGETHER: usize = 64;

/// The answers to many requests, in the order of these. Made by [`Objects::get_all`].
///
/// Names are taken as answers are read, 64 ahead. Where it is dropped early, the answers that are still to
/// come are read past by the next request.
#[derive(Debug)]
#[must_use = "nothing is asked until the answers are read"]
pub struct Answers<'a, I> {
    objects: &'a mut Objects,
    /// None before the first request and after an error.
    names: std::iter::Fuse<I>,
    /// How many answers have not begun.
    open: usize,
    /// An answer that has begun.
    current: Option<FoundObject>,
    ended: bool,
}

impl<'a, I: Iterator> Answers<'a, I>
where
    I::Item: Into<ObjectName>,
{
    pub(super) fn new(objects: &'a mut Objects, names: I) -> Self {
        objects.forget();
        Self { objects, names: names.fuse(), open: 0, current: None, ended: false }
    }

    /// Returns the next object with its contents; one that is too large, without them. `None` after the
    /// last.
    ///
    /// # Errors
    ///
    /// As [`Objects::info`]; nothing more comes after one.
    ///
    /// # Cancel safety
    ///
    /// No answer is lost when the future is dropped.
    pub async fn next(&mut self) -> Option<Result<FoundObject, ObjectsError>> {
        if self.ended {
            return None;
        }
        let next = self.try_next().await.transpose();
        self.ended = !matches!(next, Some(Ok(_)));
        next
    }

    async fn try_next(&mut self) -> Result<Option<FoundObject>, ObjectsError> {
        while self.open < TOGETHER
            && let Some(name) = self.names.next()
        {
            self.objects.wire()?.ask(Want::Contents, &name.into());
            self.open += 1;
        }
        if self.current.is_none() {
            if self.open == 0 {
                return Ok(None);
            }
            self.current = Some(self.objects.answer().await?);
            self.open -= 1;
        }
        if let Some(current) = &mut self.current {
            self.objects.fill(current).await?;
        }
        Ok(self.current.take())
    }
}
