//! `git grep`: lines that match.

use cuprum::{Args, Command};

use crate::args::{Pathspec, Revision};
use crate::git::{Git, Match, RawPath};

/// Finds lines that match in tracked files (git-grep(1)); none is an empty list.
///
/// The pattern is written behind `-e`, so it may begin with anything.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "grep",
    fixed(Match::FORMAT),
    fn = grep,
    ok(0, 1),
    output = Vec<Match>,
    parse = Match::read_list,
    tier = read
)]
pub struct GitGrep {
    /// Looks at the index instead of the work tree.
    pub cached: bool,
    /// Looks at files that git does not know, too.
    #[arg(conflicts("cached"))]
    pub untracked: bool,
    /// Leaves out ignored files, or does not; for [`untracked`](Self::untracked).
    #[arg(negatable)]
    pub exclude_standard: Option<bool>,
    /// Looks into submodules, too.
    pub recurse_submodules: bool,
    /// Finds lines that do not match.
    pub invert_match: bool,
    /// Ignores the case of letters.
    pub ignore_case: bool,
    /// Matches whole words only.
    pub word_regexp: bool,
    /// Takes binary files as text.
    pub text: bool,
    /// Leaves binary files out.
    #[arg(short = 'I')]
    pub no_binary: bool,
    /// Looks into subdirectories, or does not; by default it does.
    #[arg(negatable)]
    pub recursive: Option<bool>,
    /// Looks at most so many levels below a path.
    pub max_depth: Option<u32>,
    /// How the pattern is read; by default as git is configured.
    #[arg(flatten)]
    pub syntax: Option<GrepSyntax>,
    /// Finds the parts that match, not whole lines.
    pub only_matching: bool,
    /// Finds lines of those files only in which all patterns match.
    pub all_match: bool,
    /// At most so many lines of a file.
    #[arg(since = "2.38")]
    pub max_count: Option<u32>,
    /// How many threads look.
    pub threads: Option<u32>,
    /// The pattern.
    #[arg(short = 'e')]
    pub pattern: String,
    /// Looks at these commits and trees instead of the work tree.
    #[arg(positional)]
    pub revs: Vec<Revision>,
    /// Looks at these files and directories only.
    #[arg(last, always)]
    pub paths: Vec<Pathspec>,
}

/// Finds files by their lines (git-grep(1)); none is an empty list.
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "grep",
    fixed("-z", "--full-name", "--no-color", "--no-textconv", "--no-ext-grep"),
    fn = grep_files,
    ok(0, 1),
    output = Vec<RawPath>,
    parse = RawPath::read_list,
    tier = read
)]
pub struct GitGrepFiles {
    /// Which files.
    #[arg(flatten, required)]
    pub which: GrepFiles,
    /// Looks at the index instead of the work tree.
    pub cached: bool,
    /// Looks at files that git does not know, too.
    #[arg(conflicts("cached"))]
    pub untracked: bool,
    /// Looks for lines that do not match.
    pub invert_match: bool,
    /// Ignores the case of letters.
    pub ignore_case: bool,
    /// Matches whole words only.
    pub word_regexp: bool,
    /// Leaves binary files out.
    #[arg(short = 'I')]
    pub no_binary: bool,
    /// How the pattern is read; by default as git is configured.
    #[arg(flatten)]
    pub syntax: Option<GrepSyntax>,
    /// The pattern.
    #[arg(short = 'e')]
    pub pattern: String,
    /// Looks at these files and directories only.
    #[arg(last, always)]
    pub paths: Vec<Pathspec>,
}

/// How a pattern is read.
#[derive(Clone, Debug, Args)]
pub enum GrepSyntax {
    /// As a basic regular expression.
    BasicRegexp,
    /// As an extended regular expression.
    ExtendedRegexp,
    /// As text.
    FixedStrings,
    /// As Perl's regular expression; not every git can.
    PerlRegexp,
}

/// Which files are found.
#[derive(Clone, Debug, Args)]
pub enum GrepFiles {
    /// Those with a line that matches.
    FilesWithMatches,
    /// Those without.
    FilesWithoutMatch,
}

/// Prints lines that match and what is around them, for people (git-grep(1)).
#[derive(Clone, Debug, Command)]
#[command(
    program = Git,
    subcommand = "grep",
    fixed("--no-color", "--no-textconv", "--no-ext-grep"),
    fn = grep_text,
    ok(0, 1),
    output = Vec<u8>,
    tier = read
)]
pub struct GitGrepText {
    /// Prints so many lines before and after.
    pub context: Option<u32>,
    /// Prints so many lines before.
    pub before_context: Option<u32>,
    /// Prints so many lines after.
    pub after_context: Option<u32>,
    /// Prints the line of the function before.
    pub show_function: bool,
    /// Prints the whole function.
    pub function_context: bool,
    /// Prints the name of a file once, above its lines.
    pub heading: bool,
    /// Prints no names of files.
    #[arg(short = 'h')]
    pub no_filenames: bool,
    /// Prints the names of files, which is the default.
    #[arg(short = 'H')]
    pub filenames: bool,
    /// Prints a blank line between files.
    #[arg(long = "break")]
    pub break_: bool,
    /// Prints the numbers of lines.
    pub line_number: bool,
    /// Prints where in its line the match begins.
    pub column: bool,
    /// Prints how many lines of each file match.
    pub count: bool,
    /// Ignores the case of letters.
    pub ignore_case: bool,
    /// Matches whole words only.
    pub word_regexp: bool,
    /// How the pattern is read; by default as git is configured.
    #[arg(flatten)]
    pub syntax: Option<GrepSyntax>,
    /// The pattern.
    #[arg(short = 'e')]
    pub pattern: String,
    /// Looks at these commits and trees instead of the work tree.
    #[arg(positional)]
    pub revs: Vec<Revision>,
    /// Looks at these files and directories only.
    #[arg(last, always)]
    pub paths: Vec<Pathspec>,
}
