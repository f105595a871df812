//! Lines of a command while it runs, as far as they do not depend on who is faster.

use std::sync::{Arc, Mutex};

use cuprum::run::Lines;
use cuprum::spec::Capture;
use cuprum::stream::{LineEnd, Source};

use super::*;

/// Reads to the end: the lines, and what ended the run.
async fn all(mut lines: Lines) -> (Vec<(Source, String, LineEnd)>, Option<ErrorKind>) {
    let mut seen = Vec::new();
    while let Some(line) = lines.next().await {
        match line {
            Ok(line) => seen.push((line.source, line.to_string(), line.end)),
            Err(error) => {
                assert!(lines.next().await.is_none());
                return (seen, Some(error.kind()));
            }
        }
    }
    (seen, None)
}

fn texts(lines: &[(Source, String, LineEnd)]) -> Vec<&str> {
    lines.iter().map(|(_, text, _)| text.as_str()).collect()
}

#[test]
fn each_line_says_which_stream_it_came_on_and_keeps_its_bytes() {
    let (seen, error) = same(|world| {
        Box::pin(async move {
            let (mut seen, error) = all(world.probe(&["out", "a\r\n", "err", "b\r"]).lines()).await;
            // Which of two pipes is read first is open.
            seen.sort_by_key(|(source, ..)| *source == Source::Stderr);
            (seen, error)
        })
    });
    let line = |source, text: &str| (source, text.to_owned(), LineEnd::Newline);
    assert_eq!((seen, error), (vec![line(Source::Stdout, "a"), line(Source::Stderr, "b")], None));
}

#[test]
fn a_failure_is_the_last_item_after_all_lines() {
    let (seen, error) = same(|world| {
        Box::pin(async move { all(world.probe(&["out", "a\nb\n", "exit", "3"]).lines()).await })
    });
    assert_eq!((texts(&seen), error), (vec!["a", "b"], Some(ErrorKind::Exit)));
}

#[test]
fn a_reader_that_takes_its_time_loses_nothing() {
    let text: Arc<str> = (0..9000).map(|number| format!("{number}\n")).collect::<String>().into();
    let input = Arc::clone(&text);
    let (seen, error) = same(move |world| {
        let input = Arc::clone(&input);
        Box::pin(async move {
            let (seen, error) = all(world.probe(&["out", &input]).lines()).await;
            (seen.into_iter().map(|(_, line, _)| line + "\n").collect::<String>(), error)
        })
    });
    assert!(*seen == *text && error.is_none());
}

#[test]
fn the_lines_of_one_stream_only_and_those_of_both_in_one_pipe() {
    let [out, err, merged] = same(|world| {
        Box::pin(async move {
            let probe = || world.probe(&["out", "o1\n", "err", "e1\n", "out", "o2\n", "err", "e2\n"]);
            [
                all(probe().lines().only(Source::Stdout)).await,
                all(probe().lines().only(Source::Stderr)).await,
                all(probe().stderr(Stdio::Merged).lines()).await,
            ]
        })
    });
    assert_eq!((texts(&out.0), texts(&err.0)), (vec!["o1", "o2"], vec!["e1", "e2"]));
    assert_eq!(texts(&merged.0), ["o1", "e1", "o2", "e2"]);
    assert!(merged.0.iter().all(|(source, ..)| *source == Source::Merged));
}

#[test]
fn a_shorter_limit_cuts_earlier() {
    let (seen, _) = same(|world| {
        Box::pin(async move { all(world.probe(&["out", "abcdef\ngh\n"]).lines().longest(4)).await })
    });
    let ends: Vec<_> = seen.iter().map(|(.., end)| *end).collect();
    assert_eq!(texts(&seen), ["abcd", "ef", "gh"]);
    assert_eq!(ends, [LineEnd::Cut, LineEnd::Newline, LineEnd::Newline]);
}

#[test]
fn looking_at_lines_keeps_what_was_asked_for_and_is_checked() {
    let (failed, accepted, seen) = same(|world| {
        Box::pin(async move {
            let command =
                || world.probe(&["out", "a\nb\n", "exit", "3"]).stdout(Capture::new().head(2).tail(0));
            let failed = known(&command().for_each_line(|_| {}).await.unwrap_err());
            let accepted = timeless(&command().accept([3]).for_each_line(|_| {}).await.unwrap());
            // Every line of a pipeline's end, and every stage's errors.
            let seen = Arc::new(Mutex::new(Vec::new()));
            let piped = world.probe(&["out", "x\ny\n", "err", "e\n"]) | world.probe(&["cat"]);
            let into = Arc::clone(&seen);
            let each = move |line: cuprum::stream::LineRef<'_>| {
                into.lock().unwrap().push((line.stage, line.to_string()));
            };
            piped.for_each_line(each).await.unwrap();
            let mut seen = seen.lock().unwrap().clone();
            seen.sort();
            (failed, accepted, seen)
        })
    });
    assert_eq!(failed.0, ErrorKind::Exit);
    assert_eq!(failed.2.unwrap().stdout().head(), b"a\n");
    assert_eq!((accepted.stdout().head(), accepted.stdout().omitted()), (&b"a\n"[..], 2));
    assert_eq!(seen, [(0, "e".to_owned()), (1, "x".to_owned()), (1, "y".to_owned())]);
}
