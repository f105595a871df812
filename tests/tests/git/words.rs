//! Every word of every choice is one that the installed git takes.

use cuprum::IntoSafe;
use cuprum_builders::args::*;
use cuprum_builders::git::*;
use cuprum_builders::prelude::*;

use crate::scratch::Scratch;

/// Runs a command; it may fail, but not since git does not know a word.
#[track_caller]
pub(crate) fn check<C: IntoSafe<Program = Git>>(scratch: &Scratch, command: C) {
    let command = scratch.command(command);
    let shown = command.to_string();
    let outcome = command.output().wait().unwrap();
    let said = outcome.stderr().text_lossy();
    // What git says of a word that it does not know.
    let complaints = [
        "unknown",
        "invalid",
        "unrecognized",
        "bad",
        "unsupported",
        "malformed",
        "option `",
        "option diff-",
        "usage:",
        "Could not find merge strategy",
        "not a valid",
        "Cannot",
    ];
    let complaint = complaints.iter().find(|text| said.contains(**text));
    assert!(complaint.is_none() && outcome.status().code() != Some(129), "{shown}: {said}");
}

pub(crate) fn repository() -> Scratch {
    let scratch = Scratch::new();
    scratch.write("f", "1\n");
    scratch.commit("one");
    scratch.run(branch(lit!(GitRef, "side")));
    scratch.write("f", "2\n");
    scratch.commit("two");
    scratch
}

#[test]
fn words_about_commits() {
    let scratch = repository();
    let pretty = |set: Pretty| check(&scratch, log_text().pretty(set));
    use PrettyFormat as Form;
    for form in [
        Form::Oneline,
        Form::Short,
        Form::Medium,
        Form::Full,
        Form::Fuller,
        Form::Reference,
        Form::Email,
        Form::Mboxrd,
        Form::Raw,
        Form::Custom("%H".into()),
    ] {
        pretty(Pretty::new().pretty(Some(form)));
    }
    use DateFormat as Date;
    for word in [
        Date::Default,
        Date::Relative,
        Date::Local,
        Date::Iso,
        Date::IsoStrict,
        Date::Rfc,
        Date::Short,
        Date::Raw,
        Date::Unix,
        Date::Human,
    ] {
        pretty(Pretty::new().date(word));
        check(&scratch, blame_text(lit!(Pathspec, "f")).date(word));
    }
    for word in [Decorate::Short, Decorate::Full, Decorate::Auto, Decorate::No] {
        pretty(Pretty::new().decorate(Some(word)));
    }
    let walk = |set: Walk| check(&scratch, log().walk(set));
    for word in [NoWalk::Sorted, NoWalk::Unsorted] {
        walk(Walk::new().no_walk(Some(word)));
    }
    for word in [HiddenRefs::Fetch, HiddenRefs::Receive, HiddenRefs::Uploadpack] {
        walk(Walk::new().exclude_hidden(word).sets(RevSet::All));
    }
    let all = || lit!(RefPattern, "*");
    for set in [
        RevSet::All,
        RevSet::Branches(all()),
        RevSet::Tags(all()),
        RevSet::Remotes(all()),
        RevSet::Glob(lit!(RefPattern, "refs/heads/*")),
        RevSet::Exclude(all()),
    ] {
        walk(Walk::new().sets(set));
    }
    for word in [ShortlogGroup::Author, ShortlogGroup::Committer] {
        check(&scratch, shortlog(lit!(RevisionRange, "HEAD")).group(word));
    }
    for range in [LineRange::Lines(1, 1), LineRange::From(1)] {
        check(&scratch, blame(lit!(Pathspec, "f")).line_ranges(range));
    }
    let lines = FileLines { from: 1, to: 1, path: lit!(Pathspec, "f") };
    check(&scratch, log_text().line_ranges(lines));
    for word in [Cleanup::Strip, Cleanup::Whitespace, Cleanup::Verbatim, Cleanup::Scissors, Cleanup::Default]
    {
        check(&scratch, commit("x").allow_empty().cleanup(word));
    }
    let person = lit!(Identity, "Ann <a@example.org>");
    check(&scratch, commit("x").allow_empty().author(person).date(GitDate::unix(1_700_000_000)));
}

#[test]
fn words_about_joining() {
    let scratch = repository();
    let joining = |set: Joining| check(&scratch, merge([lit!(Revision, "side")]).joining(set));
    use Strategy::*;
    for word in [Ort, Recursive, Resolve, Octopus, Ours, Subtree] {
        joining(Joining::new().strategy(word));
    }
    use StrategyOption as By;
    for option in [
        By::Ours,
        By::Theirs,
        By::IgnoreSpaceAtEol,
        By::IgnoreCrAtEol,
        By::IgnoreSpaceChange,
        By::IgnoreAllSpace,
        By::Renormalize,
        By::NoRenormalize,
        By::NoRenames,
        By::FindRenames(Similarity::percent(60)),
        By::DiffAlgorithm(DiffAlgorithm::Patience),
        By::Subtree(lit!(Pathspec, "d")),
    ] {
        let set = Joining::new().strategy_option(option);
        check(&scratch, cherry_pick([lit!(RevisionRange, "side")]).joining(set.clone()).no_commit());
        scratch.run(reset(ResetMode::Hard));
        check(&scratch, merge_tree(lit!(Revision, "HEAD"), lit!(Revision, "side")));
        joining(set);
    }
    for word in [OnEmpty::Drop, OnEmpty::Keep, OnEmpty::Stop] {
        check(&scratch, rebase().upstream(lit!(Revision, "side")).empty(word));
    }
    for word in
        [WhitespaceAction::Nowarn, WhitespaceAction::Warn, WhitespaceAction::Fix, WhitespaceAction::Error]
    {
        check(&scratch, rebase().upstream(lit!(Revision, "side")).apply().whitespace(word));
    }
    for word in [RebaseMerges::RebaseCousins, RebaseMerges::NoRebaseCousins] {
        check(&scratch, rebase().upstream(lit!(Revision, "side")).rebase_merges(Some(word)));
    }
    for word in [ConflictStyle::Merge, ConflictStyle::Diff3, ConflictStyle::Zdiff3] {
        check(&scratch, switch(lit!(Revision, "side")).merge().conflict(word));
        scratch.run(switch(lit!(Revision, "main")));
    }
    for (name, word) in [("a", Track::Direct), ("b", Track::Inherit)] {
        check(&scratch, branch(GitRef::new(name).unwrap()).start(lit!(Revision, "main")).track(Some(word)));
    }
    for ff in [FastForward::Ff, FastForward::NoFf, FastForward::FfOnly] {
        check(&scratch, merge([lit!(Revision, "side")]).ff(ff));
    }
}

#[test]
fn words_about_refs_and_repositories() {
    let scratch = repository();
    use SortBy::*;
    for by in [Refname, Version, Creatordate, Authordate, Committerdate, Taggerdate, Objectsize, Objecttype] {
        check(&scratch, branches().filter(RefFilter::new().sort(SortKey::ascending(by))));
        check(&scratch, tag_text().filter(RefFilter::new().sort(SortKey::descending(by))));
    }
    for quoting in [RefQuoting::Shell, RefQuoting::Perl, RefQuoting::Python, RefQuoting::Tcl] {
        check(&scratch, for_each_ref_text("%(refname)").quoting(quoting));
    }
    for word in [UntrackedFiles::No, UntrackedFiles::Normal, UntrackedFiles::All] {
        check(&scratch, status().untracked_files(word));
    }
    for word in [Ignored::No, Ignored::Traditional, Ignored::Matching] {
        check(&scratch, status().ignored(word));
    }
    let dir = |name: &str| SafePath::new(scratch.dir.path().join(name)).unwrap();
    for word in [SharedAccess::Umask, SharedAccess::Group, SharedAccess::All] {
        check(&scratch, init().shared(Some(word)).dir(dir(word.as_str())));
    }
    for word in [ObjectFormat::Sha1, ObjectFormat::Sha256] {
        check(&scratch, init().object_format(word).dir(dir(word.as_str())));
    }
    for word in [RefFormat::Files, RefFormat::Reftable] {
        check(&scratch, init().ref_format(word).dir(dir(word.as_str())));
    }
    let url = || RemoteUrl::local(scratch.dir.path().join("repo")).unwrap();
    for (name, filter) in [
        ("blobs", ObjectFilter::Blobs),
        ("big", ObjectFilter::BlobsFrom(1024)),
        ("trees", ObjectFilter::TreesFrom(0)),
    ] {
        check(&scratch, clone(url()).no_checkout().filter(filter).dir(dir(name)));
    }
    for word in [ArchiveFormat::Tar, ArchiveFormat::Zip] {
        check(&scratch, archive(lit!(Revision, "HEAD")).format(word));
    }
    for word in [Executable::Yes, Executable::No] {
        check(&scratch, add().chmod(word).paths(lit!(Pathspec, "f")));
    }
    use ConfigType as Type;
    for word in
        [Type::Bool, Type::Int, Type::BoolOrInt, Type::BoolOrStr, Type::Path, Type::ExpiryDate, Type::Color]
    {
        // Nothing is set, so nothing can be of the wrong type.
        check(&scratch, config_get(lit!(ConfigKey, "no.such")).type_(word));
    }
    use PlaceOf as Of;
    for what in [
        Of::ShowToplevel,
        Of::AbsoluteGitDir,
        Of::GitDir,
        Of::GitCommonDir,
        Of::ShowPrefix,
        Of::ShowCdup,
        Of::ShowSuperprojectWorkingTree,
        Of::SharedIndexPath,
        Of::GitPath(lit!(Pathspec, "hooks")),
    ] {
        check(&scratch, place(what));
    }
    let hooks = scratch.run(place(Of::GitPath(lit!(Pathspec, "hooks"))));
    assert_eq!(hooks.as_bytes(), b".git/hooks");
    for what in [
        IsRepo::IsInsideWorkTree,
        IsRepo::IsInsideGitDir,
        IsRepo::IsBareRepository,
        IsRepo::IsShallowRepository,
    ] {
        assert!(scratch.command(is(what)).run_sync().is_ok());
    }
    for (name, branch) in [
        ("t1", WorktreeBranch::New(lit!(GitRef, "t1"))),
        ("t2", WorktreeBranch::Reset(lit!(GitRef, "t2"))),
        ("t3", WorktreeBranch::Detach),
        ("t4", WorktreeBranch::Orphan),
    ] {
        check(&scratch, worktree_add(dir(name)).branch(branch));
    }
    let push_to = || RemoteUrl::local(scratch.dir.path().join("to.git")).unwrap();
    scratch.run(init().bare().quiet().dir(dir("to.git")));
    check(
        &scratch,
        push(push_to()).refs(lit!(RefSpec, "main")).force_with_lease(Lease::missing(lit!(GitRef, "main"))),
    );
    let there = scratch.run(ls_remote(push_to()));
    assert!(there.iter().any(|line| line.name.as_bytes() == b"refs/heads/main"));
}
