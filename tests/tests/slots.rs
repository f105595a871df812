//! Every operand of every command of tar and rsync, with values that an attacker would choose: the type
//! refuses them, or they are written where they can be nothing but data.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt as _;

use cuprum::spec::{Arg, ArgKind, CommandSpec};
use cuprum::{Command, lit};
use cuprum_builders::args::{HostName, Pathspec, RsyncPath, RsyncRemote, SafePath};
use cuprum_builders::{rsync, tar};

/// Writes a command with a value in one of its slots; `None` if the type of the slot refuses it.
type Write = fn(&OsStr) -> Option<Vec<OsString>>;

/// A slot: the command, the field, and how it is filled.
struct Slot {
    spec: &'static CommandSpec,
    field: &'static str,
    write: Write,
}

macro_rules! slots {
    ($($command:ty, $field:literal: $type:ty => |$value:ident| $made:expr;)+) => {
        fn slots() -> Vec<Slot> {
            vec![$(Slot {
                spec: <$command>::SPEC,
                field: $field,
                write: |text| {
                    let $value = <$type as Make>::make(text)?;
                    let command: $command = $made;
                    command.argv().ok()
                },
            }),+]
        }
    };
}

/// What a slot takes: a checked type, or any text.
trait Make: Sized {
    fn make(text: &OsStr) -> Option<Self>;
}

macro_rules! checked {
    ($($type:ty),+) => {
        $(impl Make for $type {
            fn make(text: &OsStr) -> Option<Self> {
                Self::new(text).ok()
            }
        })+
    };
}

checked!(Pathspec, RsyncPath, RsyncRemote, SafePath);

impl Make for String {
    fn make(text: &OsStr) -> Option<Self> {
        text.to_str().map(str::to_owned)
    }
}

fn file() -> SafePath {
    lit!(SafePath, "a.tar")
}

fn local() -> RsyncPath {
    lit!(RsyncPath, "here/")
}

fn remote() -> RsyncRemote {
    lit!(RsyncRemote, "web01:/srv/")
}

fn daemon() -> rsync::unchecked::DaemonUrl {
    rsync::unchecked::DaemonUrl::new(None, &lit!(HostName, "web01"), None, &lit!(RsyncPath, "/module/"))
}

slots! {
    tar::TarCreate, "members": SafePath => |value| tar::create(file()).members(value);
    tar::TarAppend, "members": SafePath => |value| tar::append(file()).members(value);
    tar::TarUpdate, "members": SafePath => |value| tar::update(file()).members(value);
    tar::TarConcatenate, "archives": SafePath => |value| tar::concatenate(file(), [value]);
    tar::TarDelete, "members": Pathspec => |value| tar::delete(file()).members(value);
    tar::TarDiff, "members": Pathspec => |value| tar::diff(file()).members(value);
    tar::TarExtract, "members": Pathspec => |value| tar::extract(file(), lit!(SafePath, "x")).members(value);
    tar::TarList, "members": Pathspec => |value| tar::list(file()).members(value);
    tar::TarContents, "members": Pathspec => |value| tar::contents(file()).members(value);
    tar::TarTestLabel, "labels": String => |value| tar::test_label(file()).labels(value);
    rsync::RsyncCopy, "from": RsyncPath => |value| rsync::copy(value, local());
    rsync::RsyncCopy, "to": RsyncPath => |value| rsync::copy(local(), value);
    rsync::RsyncPush, "from": RsyncPath => |value| rsync::push(value, remote());
    rsync::RsyncPush, "to": RsyncRemote => |value| rsync::push(local(), value);
    rsync::RsyncPull, "from": RsyncRemote => |value| rsync::pull(value, local());
    rsync::RsyncPull, "to": RsyncPath => |value| rsync::pull(remote(), value);
    rsync::RsyncList, "from": RsyncPath => |value| rsync::list(value);
    rsync::RsyncListRemote, "from": RsyncRemote => |value| rsync::list_remote(value);
    rsync::unchecked::RsyncPushDaemon, "from": RsyncPath => |value| rsync::unchecked::push_daemon(value, daemon());
    rsync::unchecked::RsyncPushDaemon, "to": RsyncPath => |value| {
        let host = lit!(HostName, "web01");
        rsync::unchecked::push_daemon(local(), rsync::unchecked::DaemonUrl::new(None, &host, None, &value))
    };
    rsync::unchecked::RsyncPullDaemon, "from": RsyncPath => |value| {
        let host = lit!(HostName, "web01");
        rsync::unchecked::pull_daemon(rsync::unchecked::DaemonUrl::new(None, &host, None, &value), local())
    };
    rsync::unchecked::RsyncPullDaemon, "to": RsyncPath => |value| rsync::unchecked::pull_daemon(daemon(), value);
}

fn payloads() -> Vec<OsString> {
    let texts: [&[u8]; 27] = [
        b"-x",
        b"--",
        b"-",
        b"--rsh=touch x",
        b"--to-command=touch x",
        b"-e touch",
        b"./-x",
        b"/-x",
        b"a/-x",
        b"a:b",
        b"./a:b",
        b"u@h:x",
        b"h::m",
        b"rsync://h/m",
        b"RSYNC://h/m",
        b"web01:-x",
        b"a\0b",
        b"a\nb",
        b"a\rb",
        b"\x1b[31m",
        "\u{202e}x".as_bytes(),
        "a\u{2066}b".as_bytes(),
        "\u{feff}".as_bytes(),
        b"\xff",
        b"",
        b"../x",
        b"~root/x",
    ];
    let mut payloads: Vec<OsString> = texts.iter().map(|text| OsStr::from_bytes(text).to_owned()).collect();
    payloads.push("x".repeat(100_000).into());
    payloads.push("x/".repeat(50_000).into());
    payloads
}

fn operands(args: &'static [Arg], into: &mut Vec<&'static str>) {
    for arg in args {
        match arg.kind() {
            ArgKind::Group(set) => operands(set, into),
            ArgKind::Operand | ArgKind::Last => into.push(arg.field()),
            _ => {}
        }
    }
}

#[test]
fn every_slot_is_driven() {
    let slots = slots();
    for spec in tar::commands().chain(rsync::commands()) {
        let mut fields = Vec::new();
        operands(spec.args(), &mut fields);
        for field in fields {
            let is_driven = slots.iter().any(|slot| slot.field == field && slot.spec == spec);
            assert!(is_driven, "{:?} {field}", spec.fixed());
        }
    }
}

#[test]
fn no_value_of_a_slot_is_more_than_data() {
    let mut taken = 0;
    for slot in slots() {
        for payload in payloads() {
            let Some(words) = (slot.write)(&payload) else { continue };
            taken += 1;
            // Behind the separator; and for rsync, which knows remote paths there, of a form that says which.
            let separator = words.iter().position(|word| word == "--").unwrap();
            let (options, operands) = words.split_at(separator + 1);
            let held = |word: &OsString| {
                payload.len() > 1
                    && word.as_bytes().windows(payload.len()).any(|part| part == payload.as_bytes())
            };
            assert!(
                !options[..separator]
                    .iter()
                    .any(|word| payload != "-x" && payload != "-" && payload != "--" && held(word)),
                "{payload:?}"
            );
            for word in operands {
                assert!(!word.as_bytes().contains(&0), "{payload:?}");
                let text = word.to_str().unwrap();
                let label = slot.field == "labels";
                assert!(label || !text.chars().any(char::is_control), "{payload:?}");
                assert!(label || !text.starts_with('-'), "{payload:?}");
                let local = text.starts_with(['/', '.']) || !text.contains(':');
                let meant = text.starts_with("web01:/") || text.starts_with("rsync://web01/");
                let given = text == "u@h:x";
                let tar = slot.spec.program().unwrap().name() == "tar";
                assert!(local || meant || given || tar, "{text:?}");
            }
        }
    }
    assert!(taken > 100, "only {taken} values were taken");
}
