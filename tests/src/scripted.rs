//! The test program as a script, so that one test can run in the lab and with real processes.

use cuprum::backend::Launch;
use cuprum::lab::{Lab, Script};

use crate::Probe;

/// Returns a lab in which the test program does what its words say, as the real one does; also `yes`, and `head`
/// with a number of bytes.
///
/// Words that need the real system, such as `fds` or the names of pipes, are not known.
pub fn lab() -> Lab {
    Lab::new().answer(|launch| {
        let words: Option<Vec<&str>> = launch.args.iter().map(|word| word.to_str()).collect();
        match (launch.program.file_name()?.to_str()?, &words?[..]) {
            ("yes", []) => Some(Script::new().forever(Script::stdout("y\n".repeat(4 << 10)))),
            ("head", ["-c", bytes]) => Some(Script::new().copy_first(bytes.parse().ok()?)),
            (name, words) if name == <Probe as cuprum::Program>::SPEC.name() => {
                script(launch, words, Script::new())
            }
            _ => None,
        }
    })
}

/// Adds what the words say to a script; `None` where one is not known.
fn script(launch: &Launch, words: &[&str], script_so_far: Script) -> Option<Script> {
    let script_so_far = match *words {
        [] => return Some(script_so_far),
        ["out", text, ..] => script_so_far.print(text),
        ["err", text, ..] => script_so_far.stderr(text),
        ["spam", "out", bytes, ..] => script_so_far.print(vec![b'x'; bytes.parse().ok()?]),
        ["spam", "err", bytes, ..] => script_so_far.stderr(vec![b'x'; bytes.parse().ok()?]),
        ["cat", ..] => script_so_far.copy(),
        ["take", bytes, ..] => script_so_far.copy_first(bytes.parse().ok()?),
        ["yes", lines, ..] => script_so_far.print("y\n".repeat(lines.parse().ok()?)),
        ["env", name, ..] => match launch.environment.change_of(name.as_ref()).flatten() {
            Some(value) => script_so_far.print(value.as_encoded_bytes()),
            None => script_so_far.print("<unset>"),
        },
        ["exit", code, ..] => return Some(script_so_far.then_exit(code.parse().ok()?)),
        ["abort", ..] => return Some(script_so_far.then_signal(6)),
        ["stop", ..] => script_so_far.stop(),
        ["stay", ..] => return Some(script_so_far.hang()),
        // A signal that is blocked waits until it is waited for.
        ["block-term", ref rest @ ..] => match rest.iter().position(|word| *word == "wait-term") {
            Some(at) => {
                let (before, after) = rest.split_at(at);
                let handled = script(launch, after.get(1..)?, Script::new())?;
                return Some(script(launch, before, script_so_far.on_term(handled))?.hang());
            }
            None => script_so_far.ignore_term(),
        },
        ["session", ..] => script_so_far.new_session(),
        ["fork", ref rest @ ..] => {
            return Some(script_so_far.fork(script(launch, rest, Script::new())?).hang());
        }
        ["leave", ref rest @ ..] => return Some(script_so_far.fork(script(launch, rest, Script::new())?)),
        _ => return None,
    };
    let taken = match words.first() {
        Some(&"spam") => 3,
        Some(&("out" | "err" | "env" | "take" | "yes")) => 2,
        _ => 1,
    };
    script(launch, words.get(taken..)?, script_so_far)
}
