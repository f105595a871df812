//! `git bisect`: searches for the commit that changed something.

use cuprum_builders::args::*;
use cuprum_builders::git::{self, BisectTerm, Bisected, FailureKind, ObjectId};
use cuprum_builders::prelude::*;

use crate::scratch::Scratch;

/// Eight commits, of which those from the fifth on are broken; returns their ids.
fn repository() -> (Scratch, Vec<ObjectId>) {
    let scratch = Scratch::new();
    let commits = (1..=8)
        .map(|number| {
            scratch.write("f", &number.to_string());
            scratch.write(format!("d/{}", number % 2), &number.to_string());
            scratch.commit(&format!("c{number}: [x] y"))
        })
        .collect();
    (scratch, commits)
}

fn at(commits: &[ObjectId], number: usize) -> Revision {
    Revision::from(CommitHash::from(commits[number - 1]))
}

/// Returns the number of the commit that is to be tested.
#[track_caller]
fn tested(state: &Bisected, commits: &[ObjectId]) -> usize {
    match state {
        Bisected::Testing { commit, subject, .. } => {
            let number = commits.iter().position(|id| id == commit).unwrap() + 1;
            assert_eq!(subject.to_string(), format!("c{number}: [x] y"));
            number
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_first_bad_commit_is_found_and_the_log_says_how() {
    let (scratch, commits) = repository();
    assert_eq!(scratch.run(git::bisect_start()), Bisected::Waiting);
    assert_eq!(scratch.run(git::bisect_bad()), Bisected::Waiting);
    let mut state = scratch.run(git::bisect_good().commits(at(&commits, 1)));
    assert!(matches!(state, Bisected::Testing { left: Some(3), .. }), "{state:?}");
    let mut steps = 0;
    while let Bisected::Testing { .. } = state {
        steps += 1;
        let number = tested(&state, &commits);
        assert_eq!(std::fs::read(scratch.path("f")).unwrap(), number.to_string().as_bytes());
        state = match number {
            ..5 => scratch.run(git::bisect_good()),
            _ => scratch.run(git::bisect_bad()),
        };
    }
    assert_eq!((&state, steps), (&Bisected::Found(commits[4]), 3));
    let log = scratch.run(git::bisect_log());
    assert_eq!((log.found, log.marks.len()), (Some(commits[4]), 5));
    assert_eq!((log.marks[0].term.as_bytes(), log.marks[0].commit), (&b"bad"[..], commits[7]));
    scratch.run(git::bisect_reset());
    assert_eq!(scratch.run(git::rev_parse(lit!(ObjectName, "HEAD"))), commits[7]);
    // What was said can be said again.
    std::fs::write(scratch.dir.path().join("log"), log.text.as_bytes()).unwrap();
    let file = SafePath::new(scratch.dir.path().join("log")).unwrap();
    assert_eq!(scratch.run(git::bisect_replay(file)), Bisected::Found(commits[4]));
    assert_eq!(scratch.run(git::bisect_next()), Bisected::Found(commits[4]));
    scratch.run(git::bisect_reset().to(lit!(Revision, "main")));
}

#[test]
fn terms_of_ones_own_are_taken() {
    let (scratch, commits) = repository();
    let (new, old) = (BisectTerm::new("slow").unwrap(), BisectTerm::new("fast").unwrap());
    scratch.run(git::bisect_start().term_new(new.clone()).term_old(old.clone()).first_parent());
    scratch.run(git::bisect_mark(new.clone()));
    let state = scratch.run(git::bisect_mark(old.clone()).commits(at(&commits, 6)));
    assert_eq!(tested(&state, &commits), 7);
    assert_eq!(scratch.run(git::bisect_term(git::BisectEnd::New)).as_bytes(), b"slow");
    assert_eq!(scratch.run(git::bisect_term(git::BisectEnd::Old)).as_bytes(), b"fast");
    assert_eq!(scratch.run(git::bisect_mark(old)), Bisected::Found(commits[7]));
    scratch.run(git::bisect_reset());
    scratch.run(git::bisect_start());
    scratch.run(git::bisect_new());
    let state = scratch.run(git::bisect_old().commits(at(&commits, 6)));
    assert_eq!(tested(&state, &commits), 7);
    for word in ["run", "start", "-x", "", "a b", "1", "a/b", "help", &"a".repeat(65)] {
        assert!(BisectTerm::new(word).is_err(), "{word:?}");
    }
}

#[test]
fn what_cannot_be_told_is_named() {
    let (scratch, commits) = repository();
    scratch.run(git::bisect_start().no_checkout());
    scratch.run(git::bisect_bad());
    scratch.run(git::bisect_good().extend_commits([at(&commits, 5), at(&commits, 4)]));
    assert_eq!(std::fs::read(scratch.path("f")).unwrap(), b"8", "nothing is checked out");
    let range = RevisionRange::new(format!("{}..{}", commits[4], commits[6])).unwrap();
    let Bisected::Skipped(mut left) = scratch.run(git::bisect_skip().commits(range)) else { panic!() };
    left.sort();
    let mut expected = commits[5..].to_vec();
    expected.sort();
    assert_eq!(left, expected);
    assert_eq!(scratch.run(git::bisect_log()).possible.len(), 3);
}

#[test]
fn paths_limit_what_is_looked_at() {
    let (scratch, commits) = repository();
    scratch.run(git::bisect_start().paths(lit!(Pathspec, "d/1")));
    scratch.run(git::bisect_bad());
    let state = scratch.run(git::bisect_good().commits(at(&commits, 1)));
    assert_eq!(tested(&state, &commits) % 2, 1);
}

#[test]
fn names_that_are_no_commits_are_errors() {
    let (scratch, _) = repository();
    assert_ne!(scratch.fails(git::bisect_log()).kind(), FailureKind::UnknownCommand);
    scratch.run(git::bisect_start());
    scratch.fails(git::bisect_bad().commit(lit!(Revision, "f")));
    scratch.fails(git::bisect_good().commits(lit!(Revision, "nowhere")));
    scratch.fails(git::bisect_reset().to(lit!(Revision, "nowhere")));
}

#[test]
fn a_program_searches_by_itself() {
    let (scratch, commits) = repository();
    scratch.run(git::bisect_start());
    scratch.run(git::bisect_bad());
    scratch.run(git::bisect_good().commits(at(&commits, 1)));
    // Each word is one, also for the shell that git starts.
    let words = ["grep", "-q", "--", "[1-4]", "f"];
    let run = git::unchecked::bisect_run(words);
    let printed = scratch.run(run);
    assert!(String::from_utf8_lossy(&printed).contains("is the first bad commit"));
    assert_eq!(scratch.run(git::bisect_log()).found, Some(commits[4]));
}
