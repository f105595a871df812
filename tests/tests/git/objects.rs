//! A `git cat-file` that stays: what it answers, what becomes of requests that are given up, how it ends.

use std::future::Future;
use std::io::Read as _;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use cuprum::ErrorKind;
use cuprum::lab::{Lab, Script};
use cuprum_builders::args::*;
use cuprum_builders::git::{
    self, FailureKind, FoundObject, Git, GitObjects, ObjectKind, Objects, ObjectsError, Repo,
};
use cuprum_builders::prelude::*;
use tokio::io::AsyncReadExt as _;

use crate::scratch::Scratch;

const ID: &str = "8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1";

fn name(text: &str) -> ObjectName {
    ObjectName::new(text).unwrap()
}

fn contents(found: FoundObject) -> Vec<u8> {
    match found {
        FoundObject::Object { contents, .. } => contents,
        other => panic!("{other:?}"),
    }
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

/// A repository with files whose contents look like answers, and a large one.
fn repository() -> Scratch {
    let scratch = Scratch::new();
    scratch.write("empty", "");
    scratch.write("answer", &format!("{ID} blob 3\nabc\nHEAD missing\n"));
    scratch.write("a b", "no line end");
    scratch.write("large", &"0123456789\n".repeat(100_000));
    for i in 0..200 {
        scratch.write(format!("many/{i}"), &format!("{i}\n").repeat(i));
    }
    scratch.commit("one");
    scratch
}

fn repo(scratch: &Scratch) -> Repo {
    Repo::ours(scratch.path("")).unwrap()
}

#[tokio::test]
async fn objects_are_answered_as_they_are_stored() {
    let scratch = repository();
    let mut objects = repo(&scratch).objects().await.unwrap();
    assert_eq!(contents(objects.get(name("HEAD:empty")).await.unwrap()), b"");
    let answer = contents(objects.get(name("HEAD:answer")).await.unwrap());
    assert_eq!(answer, format!("{ID} blob 3\nabc\nHEAD missing\n").as_bytes());
    let FoundObject::Object { id, kind, size, contents: none } =
        objects.info(name("HEAD:a b")).await.unwrap()
    else {
        panic!("it is there")
    };
    assert_eq!((kind, size, none.len()), (ObjectKind::Blob, 11, 0));
    assert_eq!(contents(objects.get(id).await.unwrap()), b"no line end");
    for missing in ["nosuch", "HEAD:a b missing", "HEAD:large 12"] {
        let found = objects.get(name(missing)).await.unwrap();
        assert!(
            matches!(&found, FoundObject::Missing(text) if text.as_bytes() == missing.as_bytes()),
            "{found:?}"
        );
    }
    let tree = objects.info(name("HEAD^{tree}")).await.unwrap();
    assert!(matches!(tree, FoundObject::Object { kind: ObjectKind::Tree, .. }));
    // A commit that is made meanwhile is found.
    scratch.write("empty", "no more");
    scratch.commit("two");
    assert_eq!(contents(objects.get(name("HEAD:empty")).await.unwrap()), b"no more");
    objects.close().await.unwrap();
}

#[test]
fn a_thread_asks_too() {
    let scratch = repository();
    let mut objects = repo(&scratch).objects_sync().unwrap().max_size(1000);
    assert_eq!(contents(objects.get_sync(name("HEAD:a b")).unwrap()), b"no line end");
    let large = objects.get_sync(name("HEAD:large")).unwrap();
    assert!(matches!(large, FoundObject::TooLarge { size: 1_100_000, kind: ObjectKind::Blob, .. }));
    let mut text = String::new();
    let mut stream = objects.stream_sync(name("HEAD:large")).unwrap().unwrap();
    assert_eq!((stream.get_ref().size(), stream.get_ref().kind()), (1_100_000, ObjectKind::Blob));
    stream.read_to_string(&mut text).unwrap();
    assert_eq!(text, "0123456789\n".repeat(100_000));
    assert!(objects.stream_sync(name("nosuch")).unwrap().is_err());
    assert!(matches!(objects.info_sync(name("HEAD")).unwrap(), FoundObject::Object { .. }));
    objects.close_sync().unwrap();
}

/// Polls a future so often, as long as it has no result.
async fn polled<F: Future>(work: F, times: usize) -> Option<F::Output> {
    let mut work = pin!(work);
    for _ in 0..times {
        match work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => return Some(result),
            Poll::Pending => tokio::task::yield_now().await,
        }
    }
    None
}

#[tokio::test]
async fn a_request_that_is_given_up_takes_no_answer_of_another() {
    let scratch = repository();
    let mut objects = repo(&scratch).objects().await.unwrap();
    let mut given_up = 0;
    for times in (0..200).chain([1, 1, 1, 2, 1, 0, 1]) {
        given_up += usize::from(polled(objects.get(name("HEAD:large")), times % 23).await.is_none());
        drop(polled(objects.info(name("HEAD")), times % 2).await);
        let file = format!("HEAD:many/{times}");
        assert_eq!(
            contents(objects.get(name(&file)).await.unwrap()),
            format!("{times}\n").repeat(times).as_bytes()
        );
    }
    assert!(given_up > 100, "only {given_up} were given up");
}

#[tokio::test]
async fn many_are_asked_for_before_the_first_is_answered() {
    let scratch = repository();
    let mut objects = repo(&scratch).objects().await.unwrap();
    let names = |range: std::ops::Range<usize>| range.map(|i| name(&format!("HEAD:many/{}", i % 201)));
    let mut answers = objects.get_all(names(0..2000));
    for i in 0..2000 {
        // Each is given up once, and loses nothing.
        let next = match polled(answers.next(), 1).await {
            Some(next) => next,
            None => answers.next().await,
        };
        let found = next.unwrap().unwrap();
        match i % 201 {
            200 => assert!(matches!(found, FoundObject::Missing(_))),
            i => assert_eq!(contents(found), format!("{i}\n").repeat(i).as_bytes()),
        }
    }
    assert!(answers.next().await.is_none() && answers.next().await.is_none());
    // Larger answers than any pipe holds, and most of them are given up.
    let mut answers = objects.get_all(std::iter::repeat_n(name("HEAD:large"), 1000));
    for _ in 0..3 {
        assert_eq!(contents(answers.next().await.unwrap().unwrap()).len(), 1_100_000);
    }
    assert_eq!(contents(objects.get(name("HEAD:many/3")).await.unwrap()), b"3\n3\n3\n");
    assert!(objects.get_all([] as [ObjectName; 0]).next().await.is_none());
}

#[tokio::test]
async fn contents_come_in_parts_and_need_not_be_read_to_the_end() {
    let scratch = repository();
    let mut objects = repo(&scratch).objects().await.unwrap();
    for length in [0, 1, 11, 70_000, 1_100_000] {
        let mut stream = objects.stream(name("HEAD:large")).await.unwrap().unwrap();
        let mut read = vec![0; length];
        stream.read_exact(&mut read).await.unwrap();
        assert!(read.iter().zip(b"0123456789\n".iter().cycle()).all(|(read, written)| read == written));
        if length == 1_100_000 {
            assert_eq!(stream.read(&mut [0; 9]).await.unwrap(), 0);
            assert_eq!(stream.read(&mut [0; 9]).await.unwrap(), 0);
        }
        assert_eq!(contents(objects.get(name("HEAD:a b")).await.unwrap()), b"no line end");
    }
}

#[tokio::test]
async fn why_git_ended_is_told_once() {
    let outside = tempfile::tempdir().unwrap();
    let command = git::objects().in_dir(outside.path()).env("GIT_CEILING_DIRECTORIES", outside.path());
    let mut objects = Objects::start(command).await.unwrap();
    let Err(ObjectsError::Run(error)) = objects.get(name("HEAD")).await else { panic!("there is none") };
    assert_eq!(error.git().unwrap().kind(), FailureKind::NotARepository);
    assert!(matches!(objects.get(name("HEAD")).await, Err(ObjectsError::Ended)));
    assert!(matches!(objects.close().await, Err(ObjectsError::Ended)));
}

#[test]
fn a_git_that_is_too_old_for_verbs_is_asked_without() {
    let scratch = repository();
    let lab = Lab::new()
        .version::<Git>("git version 2.34.1")
        .when(|launch| launch.args.iter().any(|word| word == "--batch"), {
            Script::new().read_line().print(format!("{ID} blob 3\nabc\n{ID} blob 1\nx\n")).read_all()
        });
    lab.run(async {
        let mut objects = repo(&scratch).objects().await.unwrap();
        let facts = objects.info(name("HEAD:x")).await.unwrap();
        assert!(matches!(facts, FoundObject::Object { size: 3, .. }));
        assert_eq!(contents(objects.get(name("HEAD:y")).await.unwrap()), b"x");
        objects.close().await.unwrap();
    });
    assert_eq!(lab.ran().last().unwrap().input, b"HEAD:x\nHEAD:y\n");
    block_on(async {
        let batch = git::objects_by_batch().in_dir(scratch.path(""));
        let mut objects = Objects::start(batch).await.unwrap();
        assert!(matches!(objects.info(name("HEAD:large")).await, Ok(FoundObject::Object { .. })));
        assert_eq!(contents(objects.get(name("HEAD:a b")).await.unwrap()), b"no line end");
    });
}

#[track_caller]
fn answered(script: Script) -> (Result<FoundObject, ObjectsError>, Lab) {
    let lab = Lab::new().on::<GitObjects>(script);
    let answer = lab.run(async {
        let mut objects = Objects::start(git::objects()).await.unwrap();
        let answer = objects.get(name("HEAD")).await;
        if answer.is_err() {
            assert!(matches!(objects.info(name("HEAD")).await, Err(ObjectsError::Ended)));
        }
        answer
        // Dropped here, and the lab looks for what is left.
    });
    (answer, lab)
}

#[test]
fn whatever_git_does_nothing_hangs_and_nothing_is_left() {
    let half = format!("{ID} blob 300\nhalf of it");
    let (answer, _) = answered(Script::new().read_line().print(&*half));
    assert!(matches!(answer, Err(ObjectsError::Ended)));
    let died = Script::new().read_line().print(half).stderr("fatal: bad object HEAD\n").then_exit(128);
    let Err(ObjectsError::Run(error)) = answered(died).0 else { panic!("git failed") };
    assert_eq!((error.kind(), error.git().unwrap().kind()), (ErrorKind::Exit, FailureKind::UnknownRevision));
    let (answer, lab) = answered(Script::new().read_line().print("no such answer\n").hang());
    assert!(matches!(answer, Err(ObjectsError::Output(_))));
    assert!(!lab.ran()[0].signals.is_empty(), "it is ended");
    let (answer, _) = answered(Script::new().print("x".repeat(100_000)).hang());
    assert!(matches!(answer, Err(ObjectsError::Output(_))));
    let (answer, _) = answered(Script::new().read_line().print(format!("{ID} blob 3\nabcX")).hang());
    assert!(matches!(answer, Err(ObjectsError::Output(_))));
    let ambiguous = answered(Script::new().read_line().print("HEAD ambiguous\n").hang()).0.unwrap();
    assert!(matches!(ambiguous, FoundObject::Ambiguous(_)));
    let module = answered(Script::new().read_line().print(format!("{ID} submodule\n")).read_all()).0.unwrap();
    assert!(matches!(module, FoundObject::Submodule(_)));
    // A size that nobody has memory for.
    let huge = answered(Script::new().read_line().print(format!("{ID} blob {}\n", u64::MAX)).hang());
    assert!(matches!(huge.0, Ok(FoundObject::TooLarge { size: u64::MAX, .. })));
}

#[test]
fn a_limit_of_the_context_ends_it() {
    let lab = Lab::new().on::<GitObjects>(Script::new().read_line().hang());
    let error = lab.run(async {
        let command = git::objects().timeout(std::time::Duration::from_secs(3));
        let mut objects = Objects::start(command).await.unwrap();
        objects.get(name("HEAD")).await.unwrap_err()
    });
    assert!(matches!(error, ObjectsError::Run(error) if error.kind() == ErrorKind::Timeout));
}
