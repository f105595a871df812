//! The catalogue: which programs are known, whose they are, and what a context makes of it.

use cuprum::context::{Catalogue, CatalogueError};
use cuprum::spec::{Layer, ProgramSpec, Project, Search};
use cuprum::{Program, unchecked};

use super::{Git, Rm, lab};

const MAKE: ProgramSpec = ProgramSpec::new("make");
const BUILD: Project = Project::new("build").with_programs(&[&MAKE]).with_docs(&["docs/build.md"]);

#[test]
fn a_program_is_its_name() {
    assert_eq!(ProgramSpec::new("echo"), *Catalogue::ECHO);
    assert_eq!(Catalogue::ECHO.name(), "echo");
    assert!(Catalogue::default().is_allowed(ProgramSpec::new("echo")));
}

#[test]
fn a_path_is_another_program_than_its_name() {
    let catalogue = Catalogue::default();
    assert!(catalogue.is_allowed("echo") && !catalogue.is_allowed("/bin/echo"));
    assert!(catalogue.lookup("/bin/echo").is_err());
}

#[test]
fn a_project_has_a_name_programs_documentation_and_noise() {
    let project = Catalogue::CORE_OPS;
    let names: Vec<&str> = project.programs().iter().map(|program| program.name()).collect();
    assert_eq!((project.name(), names), ("core-ops", vec!["echo", "git", "ls", "rsync", "tar"]));
    assert_eq!(project.docs(), ["docs/guide.md"]);
    assert_eq!(project.noise(), ["progress:*", "note:*"]);
    assert!(project.owns("git") && !project.owns("make"));
    assert!(project.is_noise(b"progress: 10%") && project.is_noise(b"note: x"));
    assert!(!project.is_noise(b"error: note: x"));
    assert!(Catalogue::DOCS.is_noise(b"[INFO] built") && !Catalogue::DOCS.is_noise(b"INFO built"));
}

#[test]
fn a_catalogue_has_the_programs_of_all_its_projects() {
    let catalogue = Catalogue::new([BUILD, Catalogue::DOCS]).unwrap();
    let names: Vec<&str> = catalogue.programs().map(ProgramSpec::name).collect();
    assert_eq!(names, ["make", "mdbook"]);
    assert!(catalogue.is_allowed("make") && !catalogue.is_allowed("git"));
}

#[test]
fn names_and_facts_are_asked_for_alike() {
    let catalogue = Catalogue::default();
    assert!(catalogue.is_allowed("ls") && catalogue.is_allowed(Catalogue::LS));
    assert!(!catalogue.is_allowed("definitely-not-allowed"));
}

#[test]
fn an_entry_has_its_program_and_its_project() {
    let catalogue = Catalogue::default();
    let entry = catalogue.lookup("echo").unwrap();
    assert_eq!((entry.program(), entry.project().name()), (Catalogue::ECHO, "core-ops"));
    assert_eq!(catalogue.project_for(Catalogue::MDBOOK).map(Project::name), Some("docs"));
    assert_eq!(catalogue.project_for(&MAKE), None);
}

#[test]
fn the_typed_program_of_that_name_has_the_same_project() {
    let catalogue = Catalogue::default();
    assert_eq!(catalogue.project_for(Git::SPEC).map(Project::name), Some("core-ops"));
    assert_eq!(catalogue.project_for(unchecked::program("git")).map(Project::name), Some("core-ops"));
}

#[test]
fn an_unknown_program_is_refused_with_the_nearest_name() {
    let error = Catalogue::default().lookup("zzz").unwrap_err();
    assert_eq!(error.to_string(), "program `zzz` is not in the catalogue");
    let error = Catalogue::default().lookup("rsnyc").unwrap_err();
    assert_eq!(error.to_string(), "program `rsnyc` is not in the catalogue; did you mean `rsync`?");
    assert_eq!((error.program(), error.near()), ("rsnyc", Some("rsync")));
}

#[test]
fn visible_settings_are_by_name() {
    let catalogue = Catalogue::default().with(BUILD).unwrap();
    let settings = catalogue.visible_settings();
    assert_eq!(settings.keys().copied().collect::<Vec<_>>(), ["build", "core-ops", "docs"]);
    assert_eq!(settings["build"].docs(), ["docs/build.md"]);
}

#[test]
fn two_projects_of_one_name_are_refused() {
    let error = Catalogue::new([BUILD, BUILD]).unwrap_err();
    assert_eq!(error, CatalogueError::DuplicateProject { project: "build" });
    assert_eq!(error.to_string(), "project `build` is registered more than once");
}

#[test]
fn a_program_that_is_listed_twice_is_refused_with_its_owner() {
    const OTHER: Project = Project::new("other").with_programs(&[&MAKE]);
    let error = Catalogue::new([BUILD, OTHER]).unwrap_err();
    assert_eq!(error, CatalogueError::DuplicateProgram { program: "make", owner: "build" });
    assert_eq!(error.to_string(), "program `make` is already owned by the project `build`");
    const TWICE: Project = Project::new("twice").with_programs(&[&MAKE, &MAKE]);
    let error = Catalogue::new([TWICE]).unwrap_err();
    assert_eq!(error, CatalogueError::DuplicateProgram { program: "make", owner: "twice" });
}

#[test]
fn a_noise_rule_that_cannot_be_read_is_refused() {
    const NOISY: Project = Project::new("noisy").with_noise(&["[0-9"]);
    assert_eq!(
        Catalogue::new([NOISY]).unwrap_err().to_string(),
        "the noise rule `[0-9` of the project `noisy` cannot be read: `[` is not closed"
    );
}

#[test]
fn a_catalogue_is_shown_as_a_table() {
    let table = Catalogue::default().with(BUILD).unwrap().to_string();
    let lines = [
        r"program  project   documentation                        noise",
        r"echo     core-ops  docs/guide.md                        progress:*, note:*",
        r"git      core-ops",
        r"ls       core-ops",
        r"rsync    core-ops",
        r"tar      core-ops",
        r"mdbook   docs      https://rust-lang.github.io/mdBook/  \[INFO\]*",
        r"make     build     docs/build.md",
    ];
    assert_eq!(table.lines().collect::<Vec<_>>(), lines);
}

#[test]
fn a_catalogue_is_written_as_json() {
    const CARGO: ProgramSpec = ProgramSpec::new("cargo").with_search(Search::Directories(&["/opt/bin"]));
    const TOOLS: Project = Project::new("tools").with_programs(&[&MAKE, &CARGO]).with_noise(&["note:*"]);
    let json = serde_json::to_value(Catalogue::new([TOOLS]).unwrap()).unwrap();
    let program = |name: &str, search: serde_json::Value| serde_json::json!({ "name": name, "search": search, "tier": "destructive", "docs": [], "noise": [] });
    assert_eq!(
        json,
        serde_json::json!({
            "version": 1,
            "projects": [{
                "name": "tools",
                "programs": [program("make", "path".into()), program("cargo", ["/opt/bin"].into())],
                "docs": [],
                "noise": ["note:*"],
            }],
        })
    );
}

#[test]
fn a_context_with_a_catalogue_runs_only_what_it_knows() {
    let lab = lab();
    let cx = lab.cx().with_catalogue(Catalogue::default());
    assert!(cx.run(Git::cmd()).wait().is_ok());
    assert!(cx.run(unchecked::command("tar")).wait().is_ok());
    let error = cx.run(Rm::cmd()).wait().unwrap_err();
    assert_eq!(error.layer(), Some(Layer::Catalogue));
    assert_eq!(
        error.to_string(),
        "cannot run `rm`: the program is not allowed here: the catalogue does not know it\n\
         hint: give the catalogue a `Project` that has it: `Catalogue::with`"
    );
    assert_eq!(lab.ran().len(), 2);
}

#[test]
fn a_context_with_a_catalogue_says_what_may_have_been_meant() {
    let cx = lab().cx().with_catalogue(Catalogue::default());
    let error = cx.run(unchecked::command("rsnyc")).wait().unwrap_err();
    assert_eq!(error.hint(), Some("`rsync` is in the project `core-ops`"));
}

#[test]
fn what_the_catalogue_does_not_know_cannot_be_allowed() {
    let cx = lab().cx().with_catalogue(Catalogue::default()).narrow_to([Git::SPEC]);
    let error = cx.clone().allow(Rm::SPEC).unwrap_err();
    assert_eq!(
        (error.layer(), error.to_string().as_str()),
        (Layer::Catalogue, "`rm` cannot be permitted here: the catalogue does not know it")
    );
    let cx = cx.with_catalogue(Catalogue::new([Project::new("ops").with_programs(&[Rm::SPEC])]).unwrap());
    assert!(cx.clone().allow(Rm::SPEC).unwrap().permits(Rm::SPEC), "another catalogue takes the place");
    assert!(!cx.permits(Git::SPEC));
}
