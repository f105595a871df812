//! The page of a timeline, drawn by a real browser; left out where none is installed.

use std::time::Duration;

use cuprum::observe::Timeline;
use cuprum::prelude::*;

use crate::timeline::scene;

/// Those that `cargo xtask setup` names.
const BROWSERS: [&str; 4] = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

/// Returns the first browser that says its version; what only looks like one, and asks to be installed, does not.
fn browser() -> Option<&'static str> {
    let path = std::env::var_os("PATH")?;
    let is_there = |name: &&str| {
        let limit = Duration::from_secs(60);
        std::env::split_paths(&path).any(|dir| dir.join(name).is_file())
            && cuprum::unchecked::command(name).arg("--version").timeout(limit).run().wait().is_ok()
    };
    BROWSERS.into_iter().find(is_there)
}

/// Returns the page as the browser has it when its script is done; `None` if there is no browser.
fn drawn(timeline: &Timeline) -> Option<String> {
    let Some(browser) = browser() else {
        eprintln!("left out: none of {BROWSERS:?} is installed");
        return None;
    };
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("timeline.html");
    timeline.write(&file).unwrap();
    let words =
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1400,800"];
    let outcome = cuprum::unchecked::command(browser)
        .args(words)
        .arg(format!("--user-data-dir={}", dir.path().join("profile").display()))
        .arg("--dump-dom")
        .arg(format!("file://{}", file.display()))
        .timeout(Duration::from_secs(300))
        .output()
        .wait()
        .unwrap();
    assert!(outcome.status().success(), "{}", outcome.stderr().text_lossy());
    Some(outcome.stdout().text_lossy().into_owned())
}

#[test]
fn a_browser_draws_the_rows_and_runs_nothing_that_a_command_has() {
    let Some(page) = drawn(&scene("<b>runs</b>")) else { return };
    let (head, body) = page.split_once("<body>").unwrap();
    assert!(head.contains("data-rows=\"12\""), "the script went to its end: {head}");
    assert!(!head.contains("data-error") && !head.contains("data-injected"), "{head}");
    let body = body.split_once("<script").unwrap().0;
    assert_eq!(body.matches("class=\"row ").count(), 12);
    assert_eq!(body.matches("class=\"bar\"").count(), 12);
    assert!(body.contains("class=\"row failed\"") && body.contains("class=\"row stopped\""));
    assert!(body.contains("10 commands in "), "{body}");
    assert!(body.contains("1 failed") && body.contains("&lt;b&gt;runs&lt;/b&gt;"));
    assert!(body.contains("&lt;img src=x onerror") && !body.contains("<img"));
}

#[test]
fn a_browser_draws_an_empty_timeline() {
    let Some(page) = drawn(&Timeline::new()) else { return };
    assert!(page.contains("data-rows=\"0\"") && !page.contains("data-error"));
    assert!(page.contains("No command was run."));
}
