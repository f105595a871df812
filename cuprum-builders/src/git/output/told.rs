//! What git tells people on standard error while it clones, fetches or pushes, line by line.

use cuprum::spec::Sink;

use super::{Progress, RefUpdate};
use crate::output::RawText;

/// A line of what git tells people while it clones, fetches or pushes.
///
/// They are to be shown, not to be relied on: what became of refs is in the typed output of the command.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Told {
    /// How far it is.
    Progress(Progress),
    /// What became of a ref.
    Ref(ToldRef),
    /// A message of the other side, without the `remote: ` before it.
    Remote(RawText),
    /// Anything else.
    Other(RawText),
}

/// What became of a ref, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldRef {
    /// What became of it.
    pub update: RefUpdate,
    /// What happened: the ids, or `[new branch]`.
    pub summary: RawText,
    /// The short name on the side that gave it; `None` for a deletion.
    pub from: Option<RawText>,
    /// The short name on the side that got it.
    pub to: RawText,
    /// What else there is to say: `forced update`, or why it was rejected.
    pub note: Option<RawText>,
}

/// How long a line may be; longer ones come in pieces.
const LONGEST: usize = 16 << 10;

impl Told {
    /// Reads a line, without its end, which is a carriage return or a line feed.
    pub fn parse(line: &[u8]) -> Self {
        if let Some(progress) = Progress::parse(line) {
            return Self::Progress(progress);
        }
        match (line.strip_prefix(b"remote: "), told_ref(line)) {
            (Some(message), _) => Self::Remote(RawText::new(message.trim_ascii_end())),
            (None, Some(told)) => Self::Ref(told),
            (None, None) => Self::Other(RawText::new(line)),
        }
    }

    /// Returns a sink for the standard error of a command, which calls `each` with every line as it comes.
    ///
    /// So a command tells how far it is, and returns its typed output all the same. Without
    /// [`progress`](crate::git::Net::progress) git tells it to terminals only. `each` is called where the
    /// stream is read, and must not block.
    ///
    /// ```
    /// use cuprum::lab::{Lab, Script};
    /// use cuprum::spec::Capture;
    /// use cuprum_builders::git::{self, GitFetch, Net, Remote, Told};
    /// use cuprum_builders::{args::RemoteName, prelude::*};
    ///
    /// let script = Script::new().stderr("Receiving objects:  50% (1/2)\rReceiving objects: 100% (2/2), done.\n");
    /// let lab = Lab::new().on::<GitFetch>(script);
    /// let (sender, told) = std::sync::mpsc::channel();
    /// let watch = Told::sink(move |line| {
    ///     if let Told::Progress(progress) = line {
    ///         let _ = sender.send(progress.percent());
    ///     }
    /// });
    /// let fetch = git::fetch(lit!(RemoteName, "origin")).net(Net::new().progress(true));
    /// let fetched = lab.cx().run(fetch.stderr(Capture::new().tee(watch))).wait()?;
    /// assert!(fetched.refs.is_empty());
    /// assert_eq!(told.iter().collect::<Vec<_>>(), [Some(50), Some(100)]);
    /// # Ok::<(), cuprum::Error>(())
    /// ```
    pub fn sink(mut each: impl FnMut(Self) + Send + 'static) -> Sink {
        let mut begun = Vec::new();
        Sink::call(move |chunk| {
            for byte in chunk {
                let is_end = matches!(byte, b'\n' | b'\r');
                if !is_end {
                    begun.push(*byte);
                }
                if (is_end && !begun.is_empty()) || begun.len() == LONGEST {
                    each(Self::parse(&begun));
                    begun.clear();
                }
            }
        })
    }
}

/// Reads ` FLAG SUMMARY FROM -> TO (NOTE)`; a deletion by a push has neither `FROM` nor the arrow.
fn told_ref(line: &[u8]) -> Option<ToldRef> {
    let [b' ', flag, b' ', rest @ ..] = line else { return None };
    let update = RefUpdate::read(*flag)?;
    let end = match rest {
        [b'[', ..] => rest.iter().position(|byte| *byte == b']')? + 1,
        _ => rest.iter().position(|byte| *byte == b' ')?,
    };
    let (summary, names) = rest.split_at(end);
    let names = names.trim_ascii();
    let arrow = names.windows(4).position(|words| words == b" -> ");
    let (from, to) = match arrow {
        Some(arrow) => (Some(names.split_at(arrow).0.trim_ascii_end()), names.get(arrow + 4..)?),
        None => (None, names),
    };
    // A name of a ref has no space.
    let end = to.iter().position(|byte| *byte == b' ').unwrap_or(to.len());
    let (to, note) = to.split_at(end);
    let note = note.trim_ascii().strip_prefix(b"(").and_then(|note| note.strip_suffix(b")"));
    (!to.is_empty()).then(|| ToldRef {
        update,
        summary: RawText::new(summary),
        from: from.filter(|from| *from != b"(none)").map(RawText::new),
        to: RawText::new(to),
        note: note.map(RawText::new),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: (RefUpdate, &str, Option<&str>, &str, Option<&str>)) {
        let Told::Ref(told) = Told::parse(line.as_bytes()) else { panic!("{line:?}") };
        let text = |text: &RawText| text.to_string();
        let (from, note) = (told.from.as_ref().map(text), told.note.as_ref().map(text));
        let found = (told.update, &*text(&told.summary), from.as_deref(), &*text(&told.to), note.as_deref());
        assert_eq!(found, expected);
    }

    #[test]
    fn refs_of_both_directions_are_told() {
        use RefUpdate::*;
        check(
            " - [deleted]         (none)     -> origin/n2",
            (Deleted, "[deleted]", None, "origin/n2", None),
        );
        check(" - [deleted]         n2", (Deleted, "[deleted]", None, "n2", None));
        check(
            "   def39d7..05ce441  main       -> origin/main",
            (FastForward, "def39d7..05ce441", Some("main"), "origin/main", None),
        );
        check(
            " + 1...2 a -> o/a  (forced update)",
            (Forced, "1...2", Some("a"), "o/a", Some("forced update")),
        );
        check(
            " ! [rejected]        main -> main (fetch first)",
            (Rejected, "[rejected]", Some("main"), "main", Some("fetch first")),
        );
    }

    #[test]
    fn messages_are_of_one_side_or_the_other() {
        assert_eq!(
            Told::parse(b"remote: Total 3 (delta 0)        "),
            Told::Remote(RawText::new("Total 3 (delta 0)"))
        );
        for line in ["", "From ../srv", " ! ", " * [x", " * [x] ", "?"] {
            assert_eq!(Told::parse(line.as_bytes()), Told::Other(RawText::new(line)));
        }
    }
}
