//! One-off command lines: the template `cmd!`, and the loose form.

use cuprum::spec::{ArgvErrorKind, Secret};
use cuprum::{IntoSafe, Program, SafeCmd, Tier, cmd};

#[derive(Program)]
#[program(separator = "--end-of-options", tier = write)]
struct Git;

#[derive(Program)]
struct Tool;

#[derive(Program)]
#[program(single_dash)]
struct Find;

#[derive(Program)]
#[program(single_dash, style = "equals")]
struct Terraform;

#[track_caller]
fn check<P: Program>(command: SafeCmd<(), P>, expected: &str) {
    assert_eq!(command.to_string(), expected);
}

#[test]
fn a_slot_is_exactly_one_argument() {
    let (n, path) = (5, "a b; rm -rf ~");
    check(cmd!(Git, "log --oneline -n {n} -- {path}"), "git log --oneline -n 5 -- 'a b; rm -rf ~'");
    let message = "";
    check(cmd!(Git, "commit -m {message}"), "git commit -m ''");
    check(cmd!(Git, "show HEAD~{n}:{path} --stat={n}"), "git show 'HEAD~5:a b; rm -rf ~' --stat=5");
}

#[test]
fn lists_are_vectors_slices_arrays_and_options() {
    let (vec, array, some, none) = (vec!["a"], ["b"; 2], Some("c"), None::<u8>);
    let slice: &[&str] = &array;
    let command = cmd!(Git, "add -- {vec..} {array..} {slice..} {some..} {none..}");
    assert_eq!(command.to_string(), "git add -- a b b b b c");
}

#[test]
fn a_value_by_name_may_borrow_from_a_temporary() {
    let command = cmd!(Git, "log {x}", x = String::from("main").as_str());
    assert_eq!(command.to_string(), "git log main");
}

#[test]
fn a_list_is_a_word_for_each_item() {
    let paths = vec!["a", "-b"];
    check(cmd!(Git, "add -- {paths..}"), "git add -- a -b");
    let none: [&str; 0] = [];
    check(cmd!(Git, "add -- {none..}"), "git add --");
    check(cmd!(Git, "add {paths..}", paths = ["x"]), "git add x");
}

#[test]
fn quotes_keep_text_as_it_is() {
    check(cmd!(Git, "log '--format=%h %s' \"it's\" {x}", x = 1 + 1), "git log '--format=%h %s' \"it's\" 2");
    check(cmd!(Tool, "'if=/dev/zero' of=out"), "tool if=/dev/zero of=out");
}

#[track_caller]
fn refused<P: Program>(command: SafeCmd<(), P>, expected: &str) {
    assert_eq!(command.to_string(), expected);
}

#[test]
fn data_is_no_option_before_a_separator() {
    let rev = "--output=/etc/passwd";
    refused(cmd!(Git, "log {rev}"), "git <`rev` begins with `-` and would be read as an option>");
    refused(cmd!(Tool, "{rev}"), "tool <`rev` begins with `-` and would be read as an option>");
    let revs = ["main", rev];
    refused(cmd!(Git, "log {revs..}"), "git <`revs` begins with `-` and would be read as an option>");
    check(cmd!(Git, "log --end-of-options {rev}"), "git log --end-of-options --output=/etc/passwd");
    check(cmd!(Git, "log -- {rev}"), "git log -- --output=/etc/passwd");
    check(cmd!(Git, "log --author={rev}"), "git log --author=--output=/etc/passwd");
}

#[test]
fn what_no_program_can_be_given_is_refused() {
    let text = "a\0b";
    refused(cmd!(Git, "log --author={text}"), "git <`text` holds a NUL byte>");
    let empty = "";
    refused(
        cmd!(Git, "log -n{empty}"),
        "git <`empty` is empty, so the next word would be taken as its value>",
    );
}

#[test]
fn a_secret_in_a_template_is_not_shown() {
    let token = Secret::new("hunter2");
    check(cmd!(Git, "fetch --token={token}"), "git fetch '--token=***'");
}

#[test]
fn a_template_may_do_what_its_program_may() {
    let shown = format!("{:?}", cmd!(Git, "status"));
    assert!(shown.contains(&format!("{:?}", Tier::Write)), "{shown}");
}

#[test]
fn a_loose_command_keeps_data_behind_the_separator() {
    let log = || Git::cmd().word("log").opt("--oneline").value("--author", "-x").value("-n", 5);
    check(log().operand("-rev").into_safe(), "git log --oneline --author=-x -n 5 --end-of-options -rev");
    check(
        log().operands(["a", "b"]).last("p").into_safe(),
        "git log --oneline --author=-x -n 5 --end-of-options a b -- p",
    );
    check(
        Tool::cmd().operand("-x").into_safe(),
        "tool <`operand` begins with `-` and would be read as an option>",
    );
}

#[test]
fn the_name_of_a_loose_option_is_an_option() {
    let refused = |shown: String| {
        assert!(
            shown.contains("is not the name of an option") || shown.contains("is not a word but an option"),
            "{shown}"
        )
    };
    for name in ["oneline", "-", "--a=b", "--a b", "", "--", "---", "-\0"] {
        refused(Git::cmd().opt(name).to_string());
        refused(Git::cmd().value(name, 1).to_string());
    }
    refused(Git::cmd().word("--evil").to_string());
    let _ = ArgvErrorKind::Name;
}

#[test]
fn several_letters_behind_one_dash_are_short_options() {
    check(Tool::cmd().value("-xf", "a").into_safe(), "tool -xf a");
    check(Tool::cmd().opt("-xzf").value("--exclude", "b").into_safe(), "tool -xzf --exclude=b");
    check(Find::cmd().value("-name", "*.rs").into_safe(), "find -name '*.rs'");
    check(Terraform::cmd().value("-var", "a=b").into_safe(), "terraform -var=a=b");
}

#[test]
fn a_loose_command_shows_itself_and_no_secret() {
    let loose = Git::cmd().word("push").value("--token", Secret::new("hunter2"));
    assert_eq!(loose.to_string(), "git push '--token=***'");
    assert_eq!(format!("{loose:?}"), "LooseCmd([\"push\", ***])");
}
