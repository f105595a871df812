//! Every word of the choices about differences is one that the installed git takes.

use cuprum_builders::args::*;
use cuprum_builders::git::*;
use cuprum_builders::prelude::*;

use crate::words::{check, repository};

#[test]
fn words_about_differences() {
    let scratch = repository();
    let range = || lit!(RevisionRange, "HEAD~1");
    let text = |set: DiffText| check(&scratch, diff_text().diff(set.patch()).from(range()));
    let compare = |set: Compare| check(&scratch, diff().compare(set).from(range()));
    for word in [When::Always, When::Never, When::Auto] {
        text(DiffText::new().color(Some(word)));
    }
    for word in [Dirstat::Changes, Dirstat::Lines, Dirstat::Files, Dirstat::Cumulative] {
        text(DiffText::new().dirstat(Some(word)));
    }
    for word in [WordDiff::Color, WordDiff::Plain, WordDiff::Porcelain, WordDiff::None] {
        text(DiffText::new().word_diff(Some(word)));
    }
    use ColorMoved::*;
    for word in [No, Default, Plain, Blocks, Zebra, DimmedZebra] {
        text(DiffText::new().color_moved(Some(word)));
    }
    use ColorMovedSpace as Space;
    for word in [
        Space::No,
        Space::IgnoreSpaceAtEol,
        Space::IgnoreSpaceChange,
        Space::IgnoreAllSpace,
        Space::AllowIndentationChange,
    ] {
        text(DiffText::new().color_moved_ws(word));
    }
    use WhitespaceErrors as Errors;
    for word in [Errors::None, Errors::Default, Errors::Old, Errors::New, Errors::Context, Errors::All] {
        text(DiffText::new().ws_error_highlight(word));
    }
    for word in [SubmoduleDiff::Short, SubmoduleDiff::Log, SubmoduleDiff::Diff] {
        text(DiffText::new().submodule(Some(word)));
    }
    use DiffMerges as Merges;
    for word in [
        Merges::Off,
        Merges::On,
        Merges::FirstParent,
        Merges::Separate,
        Merges::Combined,
        Merges::DenseCombined,
        Merges::Remerge,
    ] {
        check(&scratch, log_text().diff(DiffText::new().diff_merges(word)));
    }
    let shape = StatShape { width: 80, name_width: None, count: Some(3) };
    text(DiffText::new().stat(Some(shape)));
    for word in
        [DiffAlgorithm::Default, DiffAlgorithm::Minimal, DiffAlgorithm::Patience, DiffAlgorithm::Histogram]
    {
        compare(Compare::new().diff_algorithm(word));
    }
    for word in [SubmoduleScan::None, SubmoduleScan::Untracked, SubmoduleScan::Dirty, SubmoduleScan::All] {
        compare(Compare::new().ignore_submodules(Some(word)));
        check(&scratch, status().ignore_submodules(word));
    }
    compare(Compare::new().diff_filter(DiffFilter::only("ACDMRTUXB").unwrap()));
    compare(Compare::new().diff_filter(DiffFilter::without("D").unwrap()));
    compare(Compare::new().find_renames(Some(Similarity::percent(30))).break_rewrites(None));
    compare(Compare::new().pickaxe(Pickaxe::Count("--x".into())));
    compare(Compare::new().pickaxe(Pickaxe::Lines("2".into())));
}
