//! Attacks on tar and rsync by names, archives, trees and the environment; none may leave its mark.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

mod archive;
mod environment;
mod rsync;
mod tar;
mod unpack;

use std::path::PathBuf;

use tempfile::TempDir;

/// A directory of its own, and a file in it that an attack that works would make.
struct Scene {
    dir: TempDir,
}

impl Scene {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, name: &str, content: &str) {
        std::fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        std::fs::write(self.path(name), content).unwrap();
    }

    fn canary(&self) -> String {
        self.path("canary").to_str().unwrap().to_owned()
    }

    #[track_caller]
    fn assert_unharmed(&self) {
        assert!(!self.path("canary").exists(), "the attack worked");
    }
}
