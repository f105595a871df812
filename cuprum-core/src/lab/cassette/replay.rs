//! Plays recorded runs in the lab.

use std::time::Duration;

use super::{Cassette, Moment, Recorded};
use crate::lab::Lab;
use crate::lab::matching::{About, Answer, Entry};
use crate::lab::script::Script;

impl Lab {
    /// Creates a world in which commands do what was recorded, at the recorded times of the lab's clock.
    ///
    /// A command is answered by the runs of the same program name and the same words, in the order in which
    /// they were recorded; their environment and directory are for people to read. One that was not recorded
    /// fails as [unscripted](crate::ErrorKind::Unscripted), with the recorded one that comes nearest, and one
    /// that was recorded and is not run is a [breach](super::super::Breach::Unplayed). Scripts that are added
    /// answer what was not recorded.
    ///
    /// A run that was asked to end when it was recorded ends when it did then, whatever is asked now.
    pub fn replay(cassette: &Cassette) -> Self {
        let mut lab = Self::new();
        let mut seen: Vec<&[std::ffi::OsString]> = Vec::new();
        for run in &cassette.runs {
            if seen.contains(&run.argv.as_slice()) {
                continue;
            }
            seen.push(&run.argv);
            let same = cassette.runs.iter().filter(|other| other.argv == run.argv);
            let file = cassette.path.as_ref().map_or("cassette".into(), |path| path.display().to_string());
            lab = lab.add(Entry {
                about: About::Recorded(run.argv.clone()),
                answer: Answer::Each(same.clone().map(script).collect()),
                place: format!("{file}:{}", run.line),
                must: same.filter(|run| !run.asked).count(),
            });
        }
        lab
    }
}

/// Returns what a recorded run did as a script.
fn script(run: &Recorded) -> Script {
    let mut script = Script { swallows: true, ..Script::new() };
    if run.moments.iter().any(|(_, moment)| *moment == Moment::Asked) {
        script = script.ignore_term();
    }
    let mut now = 0;
    for (at, moment) in &run.moments {
        if *at > now {
            script = script.wait(Duration::from_micros(at - now));
            now = *at;
        }
        script = match moment {
            Moment::Stdout(bytes) => script.print(bytes.as_slice()),
            Moment::Stderr(bytes) => script.stderr(bytes.as_slice()),
            Moment::Asked => script,
            Moment::Ended(status) => Script { end: Some(*status), ..script },
            Moment::Refused(errno) => return Script::refused(*errno),
        };
    }
    script
}
