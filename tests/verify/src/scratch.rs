//! A repository in a directory of its own.

use tempfile::TempDir;

use crate::run::ask;

/// Makes a repository with two commits, the branch `main` and the file `f`.
pub(crate) fn repository() -> Result<TempDir, Box<dyn std::error::Error>> {
    let dir = TempDir::new()?;
    let run = |words: &[&str]| -> Result<(), Box<dyn std::error::Error>> {
        let answer = ask("git", words, dir.path())?;
        if answer.code == Some(0) { Ok(()) } else { Err(format!("git {words:?}: {}", answer.text).into()) }
    };
    run(&["init", "--quiet", "--initial-branch=main"])?;
    for content in ["1\n", "2\n"] {
        std::fs::write(dir.path().join("f"), content)?;
        run(&["add", "f"])?;
        run(&["commit", "--quiet", "--message=x"])?;
    }
    Ok(dir)
}
