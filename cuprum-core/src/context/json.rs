//! A catalogue as JSON.

use serde::{Serialize, Serializer};

use super::Catalogue;
use crate::spec::{ProgramSpec, Project, Search};

/// The form that is written: a change of what is there already counts it up.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Whole {
    version: u32,
    projects: Vec<Settings>,
}

#[derive(Serialize)]
struct Settings {
    name: &'static str,
    programs: Vec<Facts>,
    docs: &'static [&'static str],
    noise: &'static [&'static str],
}

#[derive(Serialize)]
struct Facts {
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'static str>,
    /// `path`, `trusted`, or a list of directories.
    search: Places,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'static str>,
    /// The most that its commands may do.
    tier: String,
    docs: &'static [&'static str],
    noise: &'static [&'static str],
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Places {
    Path,
    Trusted,
    #[serde(untagged)]
    Directories(&'static [&'static str]),
}

impl Settings {
    fn of(project: &Project) -> Self {
        let programs = project.programs().iter().copied().map(Facts::of).collect();
        Self { name: project.name(), programs, docs: project.docs(), noise: project.noise() }
    }
}

impl Facts {
    fn of(program: &'static ProgramSpec) -> Self {
        Self {
            name: program.name(),
            path: program.path(),
            search: match program.search() {
                Search::Path => Places::Path,
                Search::Trusted => Places::Trusted,
                Search::Directories(dirs) => Places::Directories(dirs),
            },
            version: program.version(),
            tier: program.tier().to_string(),
            docs: program.docs(),
            noise: program.noise(),
        }
    }
}

/// An object with a `version`, and the `projects` in their order, each with what is known of its programs.
impl Serialize for Catalogue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let projects = self.projects().iter().map(Settings::of).collect();
        Whole { version: VERSION, projects }.serialize(serializer)
    }
}
