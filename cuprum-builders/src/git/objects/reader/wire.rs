//! The two pipes of a `git cat-file` that stays, and what is on its way in them.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use cuprum::run::{ChildOutput, ChildStdin};
use cuprum::spec::OutputError;
use tokio::io::{AsyncBufRead as _, AsyncWrite as _, BufReader};

use super::ObjectsError;
use crate::args::ObjectName;
use crate::git::FoundObject;

/// How much is read at once.
const READ: usize = 64 << 10;

/// How long the first line of an answer may be: a name as long as any, and more.
const LONGEST: usize = 16 << 10;

/// What is asked of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    Facts,
    Contents,
}

/// Everything that a request which is given up half-way leaves behind is kept here, so that the next one
/// finds the place where its own answer begins.
#[derive(Debug)]
pub(super) struct Wire {
    stdin: ChildStdin,
    stdout: BufReader<ChildOutput>,
    has_verbs: bool,
    /// Requests, of which the first `sent` bytes are written.
    unsent: Vec<u8>,
    sent: usize,
    /// What each answer that has not begun will hold, in the order of the requests.
    asked: VecDeque<Want>,
    /// How many of these nobody waits for any more.
    stale: usize,
    /// What came of the first line of an answer.
    line: Vec<u8>,
    /// How much is left of the contents of an answer, with the line end behind them.
    left: u64,
}

impl Wire {
    pub(super) fn new(stdin: ChildStdin, stdout: ChildOutput, has_verbs: bool) -> Self {
        Self {
            stdin,
            stdout: BufReader::with_capacity(READ, stdout),
            has_verbs,
            unsent: Vec::new(),
            sent: 0,
            asked: VecDeque::new(),
            stale: 0,
            line: Vec::new(),
            left: 0,
        }
    }

    /// Gives up all answers that are still to come.
    pub(super) fn forget(&mut self) {
        self.stale = self.asked.len();
    }

    /// Adds a request; it is written when an answer is waited for.
    pub(super) fn ask(&mut self, want: Want, name: &ObjectName) {
        let verb = match (self.has_verbs, want) {
            (true, Want::Facts) => "info ",
            (true, Want::Contents) => "contents ",
            (false, _) => "",
        };
        self.unsent.extend_from_slice(verb.as_bytes());
        self.unsent.extend_from_slice(name.as_str().as_bytes());
        self.unsent.push(b'\n');
        self.asked.push_back(if self.has_verbs { want } else { Want::Contents });
    }

    /// Waits for the first line of the next answer that somebody waits for; contents follow it.
    pub(super) async fn answer(&mut self) -> Result<FoundObject, ObjectsError> {
        std::future::poll_fn(|context| self.poll_answer(context)).await
    }

    fn poll_answer(&mut self, context: &mut Context<'_>) -> Poll<Result<FoundObject, ObjectsError>> {
        loop {
            if self.left > 0 {
                ready!(self.poll_contents(context, |_| READ))?;
                continue;
            }
            if !ready!(self.poll_line(context))? {
                continue;
            }
            let line = std::mem::take(&mut self.line);
            let found = FoundObject::parse_line(&line)?;
            let Some(want) = self.asked.pop_front() else {
                return Poll::Ready(Err(OutputError::new("no answer without a request", 0).into()));
            };
            if let (Want::Contents, FoundObject::Object { size, .. }) = (want, &found) {
                self.left = size.saturating_add(1);
            }
            if self.stale > 0 {
                self.stale -= 1;
                continue;
            }
            return Poll::Ready(Ok(found));
        }
    }

    /// Reads as much of a line as has come; tells whether that is all of it.
    fn poll_line(&mut self, context: &mut Context<'_>) -> Poll<Result<bool, ObjectsError>> {
        let chunk = ready!(self.poll_fill(context))?;
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(chunk.len(), |end| end + 1);
        let part = chunk.split_at(length).0.to_vec();
        self.line.extend_from_slice(&part);
        self.consume(length);
        if self.line.len() > LONGEST {
            return Poll::Ready(Err(OutputError::new("a shorter line", LONGEST).into()));
        }
        Poll::Ready(Ok(end.is_some()))
    }

    /// Shows `take` what has come of the contents, and goes past as much of it as `take` says.
    ///
    /// Returns how much that was; 0 when the contents have ended, and the line end behind them is read.
    pub(super) fn poll_contents(
        &mut self,
        context: &mut Context<'_>,
        take: impl FnOnce(&[u8]) -> usize,
    ) -> Poll<Result<usize, ObjectsError>> {
        if self.left == 0 {
            return Poll::Ready(Ok(0));
        }
        let contents = self.left - 1;
        let chunk = ready!(self.poll_fill(context))?;
        if contents == 0 {
            let is_end = chunk.first() == Some(&b'\n');
            self.left = 0;
            self.consume(1);
            let fault = || OutputError::new("a line end after the contents of an object", 0).into();
            return Poll::Ready(if is_end { Ok(0) } else { Err(fault()) });
        }
        let most = usize::try_from(contents).unwrap_or(usize::MAX).min(chunk.len());
        let taken = take(chunk.split_at(most).0).min(most);
        self.consume(taken);
        self.left -= taken as u64;
        Poll::Ready(Ok(taken))
    }

    /// Writes what there is to write, and waits for something to read.
    fn poll_fill(&mut self, context: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        self.send(context);
        match ready!(Pin::new(&mut self.stdout).poll_fill_buf(context)) {
            Ok([]) => Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into())),
            chunk => Poll::Ready(chunk),
        }
    }

    /// Writes as much as git takes now; the context is woken when it takes more.
    ///
    /// That git takes no more is told by what it does not answer.
    fn send(&mut self, context: &mut Context<'_>) {
        while let Some(rest) = self.unsent.get(self.sent..).filter(|rest| !rest.is_empty()) {
            match Pin::new(&mut self.stdin).poll_write(context, rest) {
                Poll::Ready(Ok(written)) if written > 0 => self.sent += written,
                Poll::Ready(_) => break,
                Poll::Pending => return,
            }
        }
        self.unsent.clear();
        self.sent = 0;
    }

    fn consume(&mut self, length: usize) {
        Pin::new(&mut self.stdout).consume(length);
    }
}
