//! The checked arguments: whatever they take can do no harm, and is read again as the same.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

use cuprum::ArgValue as _;
use cuprum_builders::args::*;

pub(super) const SEEDS: &[&[u8]] = &[
    b"-x",
    b"./a b/c",
    b"a/../b",
    b"refs/heads/main",
    b"+refs/heads/*:refs/remotes/origin/*",
    b"v1.0^{commit}~2..HEAD^2",
    b"HEAD~2:src/lib.rs",
    b":0:Cargo.toml",
    b"8ba2d4ffc66f109d7da61e483c3cae3a53cb08f1",
    b"https://user@example.org:8080/a/b.git?x#y",
    b"ssh://git@[::1]:22/~/x",
    b"git@example.org:a/b.git",
    b"ext::sh -c x",
    b"u@h:0::x",
    b"file:///srv/a.git",
    b"host:/srv/x",
    b"u@web01:x/",
    b"*.[ch]{a,b}",
    b"core.editor",
    b"branch.a b.merge",
    b"Ann <ann@example.org>",
    b"2023-11-14T22:13:20Z",
    b"u+rwX,go-w",
    b"1h30m",
    b"a\xe2\x80\xaeb",
];

macro_rules! checked {
    ($text:ident, $($type:ident),+) => {
        $(if let Ok(value) = $type::new($text) {
            let word = value.to_os();
            let bytes = word.as_bytes();
            assert!(!bytes.is_empty() && !bytes.starts_with(b"-"), "{}: {value:?}", stringify!($type));
            assert!(!bytes.iter().any(u8::is_ascii_control), "{}: {value:?}", stringify!($type));
            let again = $type::new(value.as_str());
            assert_eq!(again.as_ref().map($type::as_str), Ok(value.as_str()), "{}", stringify!($type));
        })+
    };
}

pub(super) fn run(bytes: &[u8]) {
    let text = OsStr::from_bytes(bytes);
    checked!(
        text,
        CommitHash,
        EnvName,
        GitRef,
        Glob,
        HostName,
        Identity,
        ObjectName,
        Pathspec,
        RefPattern,
        RefSpec,
        RelPath,
        RemoteName,
        Revision,
        RevisionRange,
        RsyncPath,
        SafePath,
        Suffix,
        UserName
    );
    if let Ok(url) = RemoteUrl::new(text) {
        let word = url.to_os();
        // Git takes for the name of a helper what stands before `::`, if a scheme could be called so.
        let is_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
        let end = word.as_bytes().iter().position(|byte| !is_scheme(byte)).unwrap_or(word.len());
        assert!(!word.as_bytes().split_at(end).1.starts_with(b"::"), "{url:?} names a helper");
        assert!(!word.as_bytes().starts_with(b"-"), "{url:?}");
    }
    let _ = (ConfigKey::new(text), GitDate::new(text), ModeChange::new(text), RsyncRemote::new(text));
    let _ = (Timeout::new(text), PlainConfigKey::new(text));
}
