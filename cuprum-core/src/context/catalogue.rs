//! The programs that are known, by their projects.

use std::collections::BTreeMap;
use std::fmt;

use crate::spec::{ProgramSpec, Project, nearest, noise_fault};

/// The programs that are known: each belongs to one [`Project`], with documentation and noise rules.
///
/// A context that [has a catalogue](super::Cx::with_catalogue) runs no other program, and tells its observers
/// the project of each command. Names are exact: `/bin/echo` is not `echo`.
///
/// It is shown as a table, and with the feature `serde` written as JSON.
///
/// The default catalogue has the projects [`CORE_OPS`](Self::CORE_OPS) and [`DOCS`](Self::DOCS).
///
/// # Examples
///
/// ```
/// use cuprum::context::Catalogue;
/// use cuprum::spec::{ProgramSpec, Project};
///
/// const TERRAFORM: ProgramSpec = ProgramSpec::new("terraform");
/// const INFRA: Project = Project::new("infra").with_programs(&[&TERRAFORM]);
///
/// let catalogue = Catalogue::default().with(INFRA)?;
/// assert_eq!(catalogue.lookup("terraform")?.project().name(), "infra");
/// assert_eq!(
///     catalogue.lookup("terrafrom").unwrap_err().to_string(),
///     "program `terrafrom` is not in the catalogue; did you mean `terraform`?"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(alias = "ProgramCatalogue")]
pub struct Catalogue {
    projects: Vec<Project>,
}

impl Catalogue {
    /// The program `echo`.
    pub const ECHO: &'static ProgramSpec = &ProgramSpec::new("echo");
    /// The program `git`.
    pub const GIT: &'static ProgramSpec = &ProgramSpec::new("git");
    /// The program `ls`.
    pub const LS: &'static ProgramSpec = &ProgramSpec::new("ls");
    /// The program `rsync`.
    pub const RSYNC: &'static ProgramSpec = &ProgramSpec::new("rsync");
    /// The program `tar`.
    pub const TAR: &'static ProgramSpec = &ProgramSpec::new("tar");
    /// The program `mdbook`.
    #[doc(alias = "DOC_TOOL")]
    pub const MDBOOK: &'static ProgramSpec = &ProgramSpec::new("mdbook");

    /// The project `core-ops` of the default catalogue.
    #[doc(alias = "CORE_OPS_PROJECT")]
    pub const CORE_OPS: Project = Project::new("core-ops")
        .with_programs(&[Self::ECHO, Self::GIT, Self::LS, Self::RSYNC, Self::TAR])
        .with_docs(&["docs/guide.md"])
        .with_noise(&["progress:*", "note:*"]);
    /// The project `docs` of the default catalogue.
    #[doc(alias = "DOCUMENTATION_PROJECT")]
    pub const DOCS: Project = Project::new("docs")
        .with_programs(&[Self::MDBOOK])
        .with_docs(&["https://rust-lang.github.io/mdBook/"])
        .with_noise(&[r"\[INFO\]*"]);

    /// Makes a catalogue of projects.
    ///
    /// # Errors
    ///
    /// When two projects have one name, one program is listed twice, or a noise rule cannot be read.
    pub fn new(projects: impl IntoIterator<Item = Project>) -> Result<Self, CatalogueError> {
        projects.into_iter().try_fold(Self { projects: Vec::new() }, Self::with)
    }

    /// Returns the catalogue with one project more.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn with(mut self, project: Project) -> Result<Self, CatalogueError> {
        let name = project.name();
        if self.project(name).is_some() {
            return Err(CatalogueError::DuplicateProject { project: name });
        }
        for (place, program) in project.programs().iter().enumerate() {
            let program = program.name();
            let own = project.programs().iter().take(place).any(|other| other.name() == program);
            let owner = if own { Some(name) } else { self.owner(program).map(|owner| owner.name()) };
            if let Some(owner) = owner {
                return Err(CatalogueError::DuplicateProgram { program, owner });
            }
        }
        let noise = project.noise().iter().find_map(|pattern| Some((*pattern, noise_fault(pattern)?)));
        if let Some((pattern, fault)) = noise {
            return Err(CatalogueError::NoiseRule { project: name, pattern, fault });
        }
        self.projects.push(project);
        Ok(self)
    }

    /// Returns whether the program of this name is in the catalogue.
    pub fn is_allowed(&self, program: impl AsRef<str>) -> bool {
        self.owner(program.as_ref()).is_some()
    }

    /// Returns the entry of the program of this name.
    ///
    /// # Errors
    ///
    /// When there is none; with the name that may have been meant.
    pub fn lookup(&self, program: impl AsRef<str>) -> Result<Entry<'_>, UnknownProgram> {
        let name = program.as_ref();
        let find = |project: &'_ Project| project.programs().iter().copied().find(|own| own.name() == name);
        let found = self.projects.iter().find_map(|project| Some(Entry { program: find(project)?, project }));
        found.ok_or_else(|| UnknownProgram {
            program: name.to_owned(),
            near: nearest(name, self.programs().map(ProgramSpec::name)),
        })
    }

    /// Returns the project that has this program: one that is looked up in the same way.
    pub fn project_for(&self, program: &ProgramSpec) -> Option<&Project> {
        self.projects.iter().find(|project| project.programs().iter().any(|own| own.is_found_like(program)))
    }

    /// Returns the projects, in their order.
    pub fn projects(&self) -> &[Project] {
        &self.projects
    }

    /// Returns the project of this name.
    pub fn project(&self, name: &str) -> Option<&Project> {
        self.projects.iter().find(|project| project.name() == name)
    }

    /// Returns all programs: project by project, in their order.
    pub fn programs(&self) -> impl Iterator<Item = &'static ProgramSpec> {
        self.projects.iter().flat_map(|project| project.programs().iter().copied())
    }

    /// Returns the settings of all projects by their names.
    pub fn visible_settings(&self) -> BTreeMap<&'static str, &Project> {
        self.projects.iter().map(|project| (project.name(), project)).collect()
    }

    fn owner(&self, program: &str) -> Option<&Project> {
        self.projects.iter().find(|project| project.owns(program))
    }
}

/// The projects [`CORE_OPS`](Self::CORE_OPS) and [`DOCS`](Self::DOCS).
impl Default for Catalogue {
    fn default() -> Self {
        Self { projects: vec![Self::CORE_OPS, Self::DOCS] }
    }
}

/// A program of a [`Catalogue`], and the project it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(alias = "ProgramEntry")]
pub struct Entry<'a> {
    program: &'static ProgramSpec,
    project: &'a Project,
}

impl<'a> Entry<'a> {
    /// Returns the facts about the program.
    pub fn program(&self) -> &'static ProgramSpec {
        self.program
    }

    /// Returns the project that it belongs to.
    pub fn project(&self) -> &'a Project {
        self.project
    }
}

/// No project of the catalogue has a program of this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("program `{program}` is not in the catalogue{}", Meant(*.near))]
#[doc(alias = "UnknownProgramError")]
pub struct UnknownProgram {
    program: String,
    near: Option<&'static str>,
}

impl UnknownProgram {
    /// Returns the name that was looked up.
    pub fn program(&self) -> &str {
        &self.program
    }

    /// Returns the name in the catalogue that is nearest to it, if one is near.
    pub fn near(&self) -> Option<&'static str> {
        self.near
    }
}

/// Asks whether another name was meant.
struct Meant(Option<&'static str>);

impl fmt::Display for Meant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |near| write!(f, "; did you mean `{near}`?"))
    }
}

/// Why projects make no catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogueError {
    /// Two projects have one name.
    #[error("project `{project}` is registered more than once")]
    DuplicateProject {
        /// The name.
        project: &'static str,
    },
    /// One program is listed twice.
    #[error("program `{program}` is already owned by the project `{owner}`")]
    DuplicateProgram {
        /// The program's name.
        program: &'static str,
        /// The project that listed it first.
        owner: &'static str,
    },
    /// A noise rule cannot be read.
    #[error("the noise rule `{pattern}` of the project `{project}` cannot be read: {fault}")]
    NoiseRule {
        /// The project.
        project: &'static str,
        /// The pattern.
        pattern: &'static str,
        /// What is wrong with it.
        fault: &'static str,
    },
}

/// A table: a line for each program, with its project; documentation and noise where a project begins.
impl fmt::Display for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows: Vec<[String; 4]> = self.projects.iter().flat_map(rows).collect();
        let head = ["program", "project", "documentation", "noise"].map(str::to_owned);
        let width = |column: usize| {
            let cells = rows.iter().chain([&head]).filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
        };
        let widths = [width(0), width(1), width(2)];
        for [program, project, docs, noise] in [&head].into_iter().chain(&rows) {
            let [first, second, third] = widths;
            let line = format!("{program:first$}  {project:second$}  {docs:third$}  {noise}");
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

fn rows(project: &Project) -> Vec<[String; 4]> {
    let (docs, noise) = (project.docs().join(", "), project.noise().join(", "));
    let mut rows: Vec<[String; 4]> = project
        .programs()
        .iter()
        .map(|program| [program.name().to_owned(), project.name().to_owned(), String::new(), String::new()])
        .collect();
    if rows.is_empty() {
        rows.push([String::new(), project.name().to_owned(), String::new(), String::new()]);
    }
    if let Some([_, _, first_docs, first_noise]) = rows.first_mut() {
        (*first_docs, *first_noise) = (docs, noise);
    }
    rows
}
