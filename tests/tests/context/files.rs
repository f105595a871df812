//! Lists hold for files: names from elsewhere, links, copies, other contents.

use std::path::{Path, PathBuf};

use cuprum::backend::Digest;
use cuprum::lab::{Lab, Script};
use cuprum::prelude::*;
use cuprum::spec::{Layer, LooseCmd};
use cuprum::{Cx, Error, ErrorKind, IntoSafe, Program, unchecked};

#[derive(Program)]
#[program(separator = none)]
struct Tool;

/// Two directories with a program `tool` each, and a place where the second one would leave a trace.
struct Dirs {
    root: tempfile::TempDir,
}

impl Dirs {
    fn new() -> Self {
        let dirs = Self { root: tempfile::tempdir().unwrap() };
        for dir in ["good", "evil"] {
            std::fs::create_dir(dirs.path(dir)).unwrap();
            std::fs::copy(env!("CARGO_BIN_EXE_probe"), dirs.path(dir).join("tool")).unwrap();
        }
        dirs
    }

    fn path(&self, name: &str) -> PathBuf {
        // The temporary directory itself may lie behind a link.
        self.root.path().canonicalize().unwrap().join(name)
    }

    /// A context that looks for programs in `good`, and permits `tool` only.
    fn cx(&self) -> Cx {
        Cx::new().with_env("PATH", self.path("good")).narrow_to([Tool::SPEC])
    }

    /// A command that would leave a trace.
    fn touch(&self) -> LooseCmd<Tool> {
        Tool::cmd().word("touch").operand(self.path("trace"))
    }

    #[track_caller]
    fn assert_refused(&self, command: impl IntoSafe, layer: Layer) -> Error {
        self.assert_refused_in(&self.cx(), command, layer)
    }

    #[track_caller]
    fn assert_refused_in(&self, cx: &Cx, command: impl IntoSafe, layer: Layer) -> Error {
        let error = cx.scope_sync(|| command.into_safe().code().wait()).unwrap_err();
        assert_eq!((error.kind(), error.layer()), (ErrorKind::Forbidden, Some(layer)), "{error}");
        assert!(!self.path("trace").exists(), "what is refused is not started");
        error
    }
}

#[test]
fn the_file_that_was_found_is_the_one_that_is_executed() {
    let dirs = Dirs::new();
    let exe = dirs.cx().read(Tool::cmd().word("exe")).wait().unwrap();
    assert_eq!(Path::new(&exe), dirs.path("good/tool"));
    let plan = dirs.cx().scope_sync(|| Tool::cmd().plan()).unwrap();
    assert_eq!(plan.launch().program, dirs.path("good/tool"));
    dirs.cx().run(dirs.touch()).wait().unwrap();
    assert!(dirs.path("trace").exists(), "the trace that the other tests look for");
}

#[test]
fn a_program_of_the_same_name_from_the_path_of_a_command_is_refused() {
    let dirs = Dirs::new();
    let path = std::env::join_paths([dirs.path("evil"), dirs.path("good")]).unwrap();
    let error = dirs.assert_refused(dirs.touch().env("PATH", path), Layer::File);
    let (evil, good) = (dirs.path("evil/tool"), dirs.path("good/tool"));
    let text = error.to_string();
    assert!(
        text.ends_with(&format!(
            ": the program is not allowed here: it would be {}, and the `tool` that is permitted is {}\n\
             hint: a list holds for the `PATH` that the context had when it was given (`Cx::with_env`), not for \
             that of a command",
            evil.display(),
            good.display()
        )),
        "{text}"
    );
}

#[test]
fn a_command_with_a_path_of_its_own_runs_if_it_finds_the_same_file() {
    let dirs = Dirs::new();
    let path = std::env::join_paths([dirs.path("good"), dirs.path("evil")]).unwrap();
    let exe = dirs.cx().read(Tool::cmd().word("exe").env("PATH", path)).wait().unwrap();
    assert_eq!(Path::new(&exe), dirs.path("good/tool"));
}

#[test]
fn a_path_that_a_context_is_given_later_does_not_move_its_list() {
    let dirs = Dirs::new();
    let cx = dirs.cx().with_env("PATH", dirs.path("evil"));
    dirs.assert_refused_in(&cx, dirs.touch(), Layer::File);
}

#[test]
fn a_copy_or_a_link_elsewhere_is_another_program() {
    let dirs = Dirs::new();
    let copy = dirs.path("evil/tool");
    dirs.assert_refused(unchecked::command(copy.to_str().unwrap()).arg("touch"), Layer::File);
    let link = dirs.path("tool");
    std::os::unix::fs::symlink(dirs.path("good/tool"), &link).unwrap();
    dirs.assert_refused(unchecked::command(link.to_str().unwrap()).arg("touch"), Layer::File);
}

#[test]
fn another_name_beside_it_is_another_program() {
    let dirs = Dirs::new();
    // A program may do something else under another name.
    let link = dirs.path("good/rm");
    std::os::unix::fs::symlink(dirs.path("good/tool"), &link).unwrap();
    dirs.assert_refused(unchecked::command(link.to_str().unwrap()), Layer::Context);
    dirs.assert_refused(unchecked::command("rm"), Layer::Context);
}

#[test]
fn what_is_taken_away_is_so_by_name_by_file_and_through_links() {
    let dirs = Dirs::new();
    let cx = Cx::new().with_env("PATH", dirs.path("good")).without_program(Tool::SPEC);
    let (link, beside, copy) = (dirs.path("x"), dirs.path("good/other"), dirs.path("evil/tool"));
    std::os::unix::fs::symlink(dirs.path("good/tool"), &link).unwrap();
    std::os::unix::fs::symlink(copy.with_file_name("another"), &beside).unwrap();
    std::fs::rename(&copy, copy.with_file_name("another")).unwrap();
    std::fs::copy(&beside, &copy).unwrap();
    dirs.assert_refused_in(&cx, dirs.touch(), Layer::Context);
    dirs.assert_refused_in(&cx, dirs.touch().env("PATH", dirs.path("evil")), Layer::Context);
    for path in [&link, &copy, &dirs.path("good/tool")] {
        dirs.assert_refused_in(&cx, unchecked::command(path.to_str().unwrap()).arg("touch"), Layer::Context);
    }
    assert!(cx.read(unchecked::command("other").arg("exe")).wait().is_ok(), "another program runs");
}

#[test]
fn the_same_entry_of_the_same_directory_is_the_same_program_however_it_is_spelt() {
    let dirs = Dirs::new();
    std::os::unix::fs::symlink(dirs.path("good"), dirs.path("also-good")).unwrap();
    let run = |path: PathBuf| dirs.cx().read(unchecked::command(path.to_str().unwrap()).arg("exe")).wait();
    for spelling in ["good/tool", "good/./tool", "evil/../good/tool", "also-good/tool"] {
        assert!(run(dirs.path(spelling)).is_ok(), "{spelling}");
    }
    assert!(dirs.cx().read(unchecked::command("tool").arg("exe")).wait().is_ok());
}

#[test]
fn a_program_that_is_permitted_and_missing_is_not_found() {
    let dirs = Dirs::new();
    std::fs::remove_file(dirs.path("good/tool")).unwrap();
    let error = dirs.cx().run(Tool::cmd()).wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ProgramNotFound);
    dirs.assert_refused(dirs.touch().env("PATH", dirs.path("evil")), Layer::File);
}

#[test]
fn a_catalogue_knows_files_too() {
    use cuprum::context::Catalogue;
    use cuprum::spec::Project;
    const OPS: Project = Project::new("ops").with_programs(&[Tool::SPEC]);
    let dirs = Dirs::new();
    let catalogue = Catalogue::new([OPS]).unwrap();
    let cx = Cx::new().with_env("PATH", dirs.path("good")).with_catalogue(catalogue);
    assert!(cx.read(Tool::cmd().word("exe")).wait().is_ok());
    dirs.assert_refused_in(&cx, dirs.touch().env("PATH", dirs.path("evil")), Layer::File);
}

fn digest(path: &Path) -> Digest {
    let sum = unchecked::command("sha256sum").arg(path).read().wait().unwrap();
    sum.split(' ').next().unwrap().parse().unwrap()
}

#[test]
fn a_pinned_program_runs_while_its_file_has_one_of_the_digests() {
    let dirs = Dirs::new();
    let good = digest(&dirs.path("good/tool"));
    let cx = dirs.cx().with_digests(Tool::SPEC, [Digest::new([0; 32]), good]);
    assert!(cx.read(Tool::cmd().word("exe")).wait().is_ok());
    std::fs::write(dirs.path("good/tool"), "#!/bin/sh\n").unwrap();
    let error = dirs.assert_refused_in(&cx, dirs.touch(), Layer::Digest);
    let (file, found) = (dirs.path("good/tool"), digest(&dirs.path("good/tool")));
    let zeros = "0".repeat(64);
    assert!(
        error.to_string().ends_with(&format!(
            ": {} has the digest {found}, and pinned is sha256:{zeros}, {good}\n\
             hint: if the file was meant to change, pin its new digest: `Cx::with_digests`",
            file.display()
        )),
        "{error}"
    );
}

#[test]
fn a_change_that_leaves_length_and_time_as_they_were_is_seen() {
    let dirs = Dirs::new();
    let tool = dirs.path("good/tool");
    std::fs::write(&tool, "#!/bin/true\n").unwrap();
    let modified = std::fs::metadata(&tool).unwrap().modified().unwrap();
    let cx = dirs.cx().with_digests(Tool::SPEC, [digest(&tool)]);
    assert!(cx.run(Tool::cmd()).wait().is_ok());
    std::fs::write(&tool, "#!/bin/fals\n").unwrap();
    std::fs::File::options().write(true).open(&tool).unwrap().set_modified(modified).unwrap();
    dirs.assert_refused_in(&cx, Tool::cmd(), Layer::Digest);
}

#[test]
fn a_pin_holds_wherever_the_program_is_found_and_whoever_asks_for_its_file() {
    let dirs = Dirs::new();
    let cx = Cx::new().with_env("PATH", dirs.path("good")).with_digests(Tool::SPEC, [Digest::new([0; 32])]);
    dirs.assert_refused_in(&cx, dirs.touch(), Layer::Digest);
    dirs.assert_refused_in(&cx, dirs.touch().env("PATH", dirs.path("evil")), Layer::Digest);
    dirs.assert_refused_in(&cx, unchecked::command("tool").arg("touch"), Layer::Digest);
    let path = dirs.path("good/tool");
    dirs.assert_refused_in(&cx, unchecked::command(path.to_str().unwrap()).arg("touch"), Layer::Digest);
    let link = dirs.path("evil/link");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    dirs.assert_refused_in(&cx, unchecked::command(link.to_str().unwrap()).arg("touch"), Layer::Digest);
    let also = cx.with_digests(Tool::SPEC, [digest(&path)]);
    dirs.assert_refused_in(&also, dirs.touch(), Layer::Digest);
}

#[test]
fn a_lab_has_the_digests_that_it_is_given() {
    let pinned = Digest::new([7; 32]);
    let lab = Lab::new().when(|_| true, Script::exit(0));
    let run = |lab: &Lab| lab.cx().with_digests(Tool::SPEC, [pinned]).run(Tool::cmd()).wait();
    assert!(run(&lab.clone().digest::<Tool>(pinned)).is_ok());
    let error = run(&lab.clone().digest::<Tool>(Digest::new([8; 32]))).unwrap_err();
    assert_eq!(error.layer(), Some(Layer::Digest));
    let other = lab.digest::<Tool>(pinned);
    let elsewhere = Tool::cmd().env("PATH", "/elsewhere");
    let cx = other.cx().with_digests(Tool::SPEC, [pinned]);
    assert_eq!(cx.run(elsewhere).wait().unwrap_err().layer(), Some(Layer::Digest));
}
