//! What observers see of the streams of a run: lines, how much there was, and what became of the input.

use std::sync::Arc;

use super::telling::Telling;
use crate::event::{EventKind, LineInterest, Lines, StdinFailed, StdinOperation, StdinWritten};
use crate::outcome::Mask;
use crate::stream::{Fault, Fed, LineEnd, Onlooker, Source};

/// How long a line is at most; a longer one comes in pieces, as elsewhere.
const LONGEST: usize = super::taps::LONGEST;

impl Telling {
    /// Makes what looks at an output of a stage, if somebody listens.
    pub(super) fn onlooker(
        &self,
        index: usize,
        source: Source,
        merges: bool,
        mask: &Mask,
    ) -> Option<Onlooker> {
        let told = self.told().filter(|told| told.voice.is_heard())?;
        let stream = usize::from(source == Source::Stderr);
        let counts = told.stages.get(index)?.counts.get(stream)?;
        let onlooker = Onlooker::new(Arc::clone(counts), told.voice.counts_lines());
        if told.voice.lines() < LineInterest::Read {
            return Some(onlooker);
        }
        let source = if merges { Source::Merged } else { source };
        let (told, mask) = (Arc::clone(told), mask.clone());
        // Where nobody keeps an event, its memory serves for the next one.
        let mut memory: Arc<Vec<u8>> = Arc::default();
        let on_block = move |block: &[u8], last: LineEnd| {
            let Some(stage) = told.stages.get(index) else { return };
            let block = mask.piece(block, 0..block.len());
            match Arc::get_mut(&mut memory) {
                Some(memory) => {
                    memory.clear();
                    memory.extend_from_slice(&block);
                }
                None => memory = Arc::new(block.into_owned()),
            }
            let lines = Lines { stage: index, source, text: Arc::clone(&memory), longest: LONGEST, last };
            told.voice.say(Some(&stage.invocation), EventKind::Lines(lines));
        };
        Some(onlooker.with_blocks(LONGEST, Box::new(on_block)))
    }

    /// Tells what became of the input of a stage.
    pub(super) fn fed(&self, index: usize, fed: &Fed) {
        let Some(told) = self.told() else { return };
        let Some(stage) = told.stages.get(index) else { return };
        let kind = match &fed.fault {
            None => EventKind::Stdin(StdinWritten { bytes: fed.bytes }),
            Some((fault, error)) => {
                let operation = match fault {
                    Fault::Read => StdinOperation::Read,
                    Fault::Write => StdinOperation::Write,
                    Fault::Close => StdinOperation::Close,
                };
                let reason = error.to_string().into();
                EventKind::StdinFailed(StdinFailed { operation, bytes: fed.bytes, reason })
            }
        };
        told.voice.say(Some(&stage.invocation), kind);
    }
}
