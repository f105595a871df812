//! A project: the programs that belong together, where they are documented, what of their output is noise.

use super::{ProgramSpec, noise};

/// The settings of one project: its programs, its documentation, its noise. A constant.
///
/// The programs of a `Catalogue` come from projects.
///
/// # Examples
///
/// ```
/// use cuprum::spec::{ProgramSpec, Project};
///
/// const TERRAFORM: ProgramSpec = ProgramSpec::new("terraform");
/// const INFRA: Project = Project::new("infra")
///     .with_programs(&[&TERRAFORM])
///     .with_docs(&["docs/runbook.md"])
///     .with_noise(&["Refreshing state... *"]);
///
/// assert!(INFRA.owns("terraform"));
/// assert!(INFRA.is_noise(b"Refreshing state... [id=i-1]"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(alias = "ProjectSettings")]
pub struct Project {
    name: &'static str,
    programs: &'static [&'static ProgramSpec],
    docs: &'static [&'static str],
    noise: &'static [&'static str],
}

impl Project {
    /// Names a project without programs.
    pub const fn new(name: &'static str) -> Self {
        Self { name, programs: &[], docs: &[], noise: &[] }
    }

    /// Sets its programs.
    #[must_use]
    pub const fn with_programs(mut self, programs: &'static [&'static ProgramSpec]) -> Self {
        self.programs = programs;
        self
    }

    /// Sets where its documentation and its runbooks are.
    #[must_use]
    pub const fn with_docs(mut self, docs: &'static [&'static str]) -> Self {
        self.docs = docs;
        self
    }

    /// Sets the patterns of output lines that loggers may drop.
    ///
    /// A pattern is about the whole line, without its end: `*` stands for any text, `?` for one byte, `[a-z]` for
    /// one of these, `[!a-z]` for one of all others, and `\` takes the meaning from what follows. A faulty one is
    /// refused when a `Catalogue` is made.
    #[must_use]
    pub const fn with_noise(mut self, patterns: &'static [&'static str]) -> Self {
        self.noise = patterns;
        self
    }

    /// Returns its name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns its programs, in their order.
    pub const fn programs(&self) -> &'static [&'static ProgramSpec] {
        self.programs
    }

    /// Returns where its documentation and its runbooks are, in their order.
    pub const fn docs(&self) -> &'static [&'static str] {
        self.docs
    }

    /// Returns the patterns of output lines that loggers may drop, in their order.
    pub const fn noise(&self) -> &'static [&'static str] {
        self.noise
    }

    /// Returns whether the program of this name is one of its own.
    pub fn owns(&self, program: &str) -> bool {
        self.programs.iter().any(|own| own.name() == program)
    }

    /// Returns whether an output line, without its end, is noise by the rules of the project.
    pub fn is_noise(&self, line: &[u8]) -> bool {
        self.noise.iter().any(|pattern| noise::is_like(pattern, line))
    }
}

impl ProgramSpec {
    /// Returns whether an output line, without its end, is noise by the program's own rules.
    pub fn is_noise(&self, line: &[u8]) -> bool {
        self.noise().iter().any(|pattern| noise::is_like(pattern, line))
    }
}
