//! Commands that run at the same time: results in order, and what a failure does to the others.

use cuprum::concurrent;

use super::*;

#[test]
fn results_are_in_the_order_of_the_commands() {
    let (bytes, text) = same(|world| {
        Box::pin(async move {
            let batch = concurrent(["a", "b", "c"].map(|text| world.probe(&["out", text])));
            (batch.clone().run().await.unwrap(), batch.read().await.unwrap())
        })
    });
    assert_eq!(
        (bytes, text.as_str()),
        (["a", "b", "c"].map(|text| text.as_bytes().to_vec()).to_vec(), "a\nb\nc")
    );
}

#[test]
fn a_command_that_fails_takes_nothing_from_the_others() {
    let seen = same(|world| {
        Box::pin(async move {
            let codes = ["0", "1", "0", "2"].map(|code| world.probe(&["out", code, "exit", code]));
            let results = concurrent(codes.clone()).results().await.unwrap();
            let first = results.first_failure().unwrap().outcome().unwrap().status().code();
            let failures: Vec<_> = results.failures().collect();
            let third = results.slots()[2].done().unwrap().clone();
            let error = concurrent(codes.clone()).run().await.unwrap_err();
            let code = concurrent(codes.clone()).code().await.unwrap();
            // An exit code is no failure to whoever wants all that is known.
            let all = concurrent(codes).output().await.unwrap().success();
            (failures, first, third, results.to_string(), known(&error), code, all)
        })
    });
    let (failures, first, third, shown, (kind, _, outcome), code, all) = seen;
    assert_eq!((failures, first, third, code, all), (vec![1, 3], Some(1), b"0".to_vec(), 1, true));
    assert_eq!(shown, "2 done, 2 failed");
    assert_eq!((kind, outcome.unwrap().stdout().bytes()), (ErrorKind::Exit, &b"1"[..]));
}

#[test]
fn pipelines_are_batched_like_commands() {
    let seen = same(|world| {
        Box::pin(async move {
            let batch =
                concurrent(["a", "b"].map(|text| world.probe(&["out", text]) | world.probe(&["cat"])));
            let plans = batch.clone().plan().unwrap().plans().len();
            (batch.clone().read().await.unwrap(), batch.bytes().await.unwrap(), plans)
        })
    });
    assert_eq!(seen, ("a\nb".to_owned(), b"ab".to_vec(), 2));
}
