//! The programs that a context permits when a command runs, as the steps by which it came to be.

use std::ffi::OsString;
use std::sync::Arc;

use super::Registration;
use super::ceiling::denies_by_default;
use super::registration::Entries;
use crate::spec::ProgramSpec;

/// A list of programs, and where their files were looked for when it was given.
#[derive(Clone, Debug)]
pub(crate) struct Listing {
    pub(crate) programs: Arc<[&'static ProgramSpec]>,
    /// What the context had made of `PATH`: nothing, taken away, or a value.
    pub(crate) path: Option<Option<OsString>>,
}

/// What is permitted: everything at first; each step changes that.
#[derive(Debug, Default)]
pub(crate) struct Allowed {
    steps: Vec<Step>,
    /// What is registered with this very context; it comes after all steps.
    own: Arc<Entries<Listing>>,
}

#[derive(Clone, Debug)]
enum Step {
    /// Takes away everything else.
    Narrow(Listing),
    /// Takes these away.
    Without(Listing),
    /// Permits these only, as far as the limit goes.
    Replace(Listing),
    /// Permits these, too, as far as the limit goes.
    Allow(Listing),
    /// Permits what is registered with a context that this one is derived from.
    Registered(Arc<Entries<Listing>>),
    /// The code has no context: takes away everything, for good, where the process permits such code nothing.
    Outside,
}

/// How a program is looked for in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    /// It is there: its file is that of a program in the list. So it is permitted.
    File,
    /// It may be there: by its file, by its name alone, or through a link. So it is taken away.
    Any,
}

/// What the steps come to for one program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) permitted: bool,
    /// Whether the context may permit it: the one that it was narrowed from did.
    pub(crate) within_limit: bool,
    /// Whether the code has no context.
    pub(crate) outside: bool,
}

impl Allowed {
    /// Returns what code without a context is permitted.
    pub(super) fn outside() -> Self {
        Self { steps: vec![Step::Outside], own: Arc::default() }
    }

    /// Takes away every program that is not in `list`.
    pub(super) fn narrow(&mut self, list: Listing) {
        self.push(Step::Narrow(list));
    }

    /// Takes away the programs of `list`.
    pub(super) fn without(&mut self, list: Listing) {
        self.push(Step::Without(list));
    }

    /// Permits the programs of `list` and no others, as far as the limit goes.
    pub(crate) fn replace(&mut self, list: Listing) {
        self.push(Step::Replace(list));
    }

    /// Permits the programs of `list`, too, as far as the limit goes.
    pub(crate) fn allow(&mut self, list: Listing) {
        if !self.is_open() {
            self.push(Step::Allow(list));
        }
    }

    /// Permits the programs of `list`, too, until the registration ends.
    pub(crate) fn register(&self, list: Listing) -> Registration {
        Entries::register(&self.own, list)
    }

    /// Returns whether nothing was ever taken away.
    pub(crate) fn is_open(&self) -> bool {
        self.steps.iter().all(|step| match step {
            Step::Outside => !denies_by_default(),
            Step::Registered(_) => true,
            _ => false,
        })
    }

    /// Works out what the steps come to for the program that `has` finds in lists.
    pub(crate) fn verdict(&self, mut has: impl FnMut(&Listing, Match) -> bool) -> Verdict {
        let mut verdict = Verdict { permitted: true, within_limit: true, outside: false };
        for step in &self.steps {
            let before = verdict.permitted;
            match step {
                Step::Narrow(list) => {
                    verdict.within_limit = before;
                    verdict.permitted = before && has(list, Match::File);
                }
                Step::Without(list) => {
                    verdict.within_limit = before;
                    verdict.permitted = before && !has(list, Match::Any);
                }
                Step::Replace(list) => verdict.permitted = verdict.within_limit && has(list, Match::File),
                Step::Allow(list) => verdict.permitted |= verdict.within_limit && has(list, Match::File),
                Step::Registered(entries) => {
                    verdict.permitted |=
                        verdict.within_limit && entries.list().iter().any(|list| has(list, Match::File));
                }
                Step::Outside if denies_by_default() => {
                    verdict = Verdict { permitted: false, within_limit: false, outside: true };
                }
                Step::Outside => {}
            }
        }
        verdict.permitted |=
            verdict.within_limit && self.own.list().iter().any(|list| has(list, Match::File));
        verdict
    }

    /// Returns every list that says something, in the order of the steps.
    pub(crate) fn lists(&self) -> Vec<Listing> {
        let mut lists = Vec::new();
        for step in &self.steps {
            match step {
                Step::Narrow(list) | Step::Without(list) | Step::Replace(list) | Step::Allow(list) => {
                    lists.push(list.clone());
                }
                Step::Registered(entries) => lists.extend(entries.list()),
                Step::Outside => {}
            }
        }
        lists.extend(self.own.list());
        lists
    }

    /// Says what is permitted.
    pub(crate) fn text(&self) -> String {
        let (yes, no) = self.named();
        // A program that no list names: is it permitted?
        match self.verdict(|_, _| false).permitted {
            true => format!("every program but {}", no.join(", ")),
            false if yes.is_empty() => "no program".to_owned(),
            false => yes.join(", "),
        }
    }

    /// Returns the names in the lists that are permitted, and those that are not.
    pub(crate) fn named(&self) -> (Vec<&'static str>, Vec<&'static str>) {
        let by_name = |program: &ProgramSpec| {
            self.verdict(|list, _| list.programs.iter().any(|other| other.is_found_like(program))).permitted
        };
        let (mut yes, mut no) = (Vec::new(), Vec::new());
        for program in self.lists().iter().flat_map(|list| list.programs.iter()) {
            let names = if by_name(program) { &mut yes } else { &mut no };
            if !names.contains(&program.name()) {
                names.push(program.name());
            }
        }
        (yes, no)
    }

    fn push(&mut self, step: Step) {
        if Arc::strong_count(&self.own) > 1 || !self.own.is_empty() {
            *self = self.clone();
        }
        self.steps.push(step);
    }
}

/// A clone belongs to a derived context: what is registered here holds there, too, and not the other way round.
impl Clone for Allowed {
    fn clone(&self) -> Self {
        let is_live = |step: &&Step| match step {
            // Nobody can register with a context that is gone.
            Step::Registered(entries) => Arc::strong_count(entries) > 1 || !entries.is_empty(),
            _ => true,
        };
        let mut steps: Vec<Step> = self.steps.iter().filter(is_live).cloned().collect();
        // Where everything is permitted, nothing can be added.
        if !steps.is_empty() {
            steps.push(Step::Registered(Arc::clone(&self.own)));
        }
        Self { steps, own: Arc::default() }
    }
}

impl Listing {
    /// Makes a list for a context in which `PATH` is what the parent has.
    pub(crate) fn of(programs: impl Into<Arc<[&'static ProgramSpec]>>) -> Self {
        Self { programs: programs.into(), path: None }
    }

    /// Returns the names of its programs.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.programs.iter().map(|program| program.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static GIT: ProgramSpec = ProgramSpec::new("git");
    static TAR: ProgramSpec = ProgramSpec::new("tar");
    static RM: ProgramSpec = ProgramSpec::new("rm");

    fn list<const N: usize>(programs: [&'static ProgramSpec; N]) -> Listing {
        Listing::of(programs)
    }

    fn verdict(allowed: &Allowed, program: &'static ProgramSpec) -> Verdict {
        allowed.verdict(|list, _| list.programs.contains(&program))
    }

    /// Returns the names of those that are permitted.
    fn permitted(allowed: &Allowed) -> Vec<&'static str> {
        let all = [&GIT, &TAR, &RM];
        let permitted = all.into_iter().filter(|program| verdict(allowed, program).permitted);
        permitted.map(ProgramSpec::name).collect()
    }

    #[test]
    fn narrowing_only_removes() {
        let mut allowed = Allowed::default();
        assert_eq!(permitted(&allowed), ["git", "tar", "rm"]);
        allowed.narrow(list([&GIT, &TAR]));
        allowed.narrow(list([&TAR, &RM]));
        assert_eq!(permitted(&allowed), ["tar"]);
        assert_eq!(allowed.text(), "tar");
    }

    #[test]
    fn the_empty_list_permits_nothing_and_nothing_opens_it_again() {
        let mut allowed = Allowed::default();
        allowed.narrow(list([]));
        assert_eq!(allowed.text(), "no program");
        allowed.narrow(list([&GIT]));
        assert_eq!(permitted(&allowed), [] as [&str; 0]);
        allowed.allow(list([&GIT]));
        assert_eq!(permitted(&allowed), [] as [&str; 0]);
        assert!(!verdict(&allowed, &GIT).within_limit);
    }

    #[test]
    fn allowing_goes_as_far_as_the_context_that_was_narrowed() {
        let mut allowed = Allowed::default();
        allowed.narrow(list([&GIT, &TAR]));
        allowed.narrow(list([&GIT]));
        allowed.allow(list([&TAR, &RM]));
        assert_eq!(permitted(&allowed), ["git", "tar"]);
        allowed.replace(list([&TAR, &RM]));
        assert_eq!(permitted(&allowed), ["tar"]);
    }

    #[test]
    fn one_program_can_be_taken_away_and_given_back() {
        let mut allowed = Allowed::default();
        allowed.without(list([&GIT]));
        assert_eq!(permitted(&allowed), ["tar", "rm"]);
        assert_eq!(allowed.text(), "every program but git");
        allowed.allow(list([&GIT]));
        assert_eq!(permitted(&allowed), ["git", "tar", "rm"]);
        allowed.without(list([&GIT]));
        allowed.without(list([&TAR]));
        allowed.allow(list([&GIT]));
        assert_eq!(permitted(&allowed), ["rm"], "two steps ago is beyond the limit");
    }

    #[test]
    fn what_is_registered_holds_in_derived_contexts_within_their_lists() {
        let mut outer = Allowed::default();
        outer.narrow(list([&GIT]));
        let mut inner = outer.clone();
        inner.narrow(list([&GIT, &TAR]));
        let same = outer.clone();
        let registration = outer.register(list([&TAR, &RM]));
        assert_eq!(permitted(&outer), ["git", "tar", "rm"]);
        assert_eq!(permitted(&same), ["git", "tar", "rm"]);
        assert_eq!(permitted(&inner), ["git", "tar"]);
        let own = inner.register(list([&RM]));
        assert_eq!(permitted(&inner), ["git", "tar", "rm"]);
        registration.detach();
        assert_eq!((permitted(&outer), permitted(&inner)), (vec!["git"], vec!["git"]));
        drop(own);
    }

    #[test]
    fn a_step_after_a_registration_has_the_last_word() {
        let mut allowed = Allowed::default();
        allowed.narrow(list([&GIT]));
        allowed.register(list([&TAR])).keep();
        allowed.narrow(list([&GIT]));
        assert_eq!(permitted(&allowed), ["git"]);
    }

    #[test]
    fn contexts_that_follow_each_other_do_not_pile_up() {
        let mut allowed = Allowed::default();
        allowed.narrow(list([&GIT]));
        for _ in 0..1000 {
            allowed = allowed.clone();
        }
        assert!(allowed.steps.len() <= 3, "{}", allowed.steps.len());
    }
}
