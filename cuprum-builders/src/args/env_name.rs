//! Names of environment variables that a caller may set.

use std::ffi::OsString;

use super::ArgErrorKind;
use super::fault::{Fault, at, clean, equal, first_fault, has, refuse};
use super::text::checked_text;

/// The name of an environment variable that does not change what programs do or load.
///
/// It begins with an ASCII letter or `_`, goes on with those and digits, and has at most 128 bytes.
/// Names by which a loader, a shell, an interpreter or a tool takes code, options or files are refused,
/// and so are `PATH` and `HOME`.
///
/// ```
/// use cuprum_builders::args::{ArgErrorKind, EnvName};
///
/// assert_eq!(EnvName::new("APP_DEBUG")?.as_str(), "APP_DEBUG");
/// assert_eq!(EnvName::new("LD_PRELOAD").unwrap_err().kind(), ArgErrorKind::Refused);
/// # Ok::<(), cuprum_builders::args::ArgError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EnvName {
    text: String,
}

checked_text!(EnvName, "a settable environment name", fault);

/// The name and `=`, to which a value can be glued.
impl cuprum::ArgValue for EnvName {
    fn to_os(&self) -> OsString {
        format!("{}=", self.text).into()
    }
}

const fn fault(text: &[u8]) -> Option<Fault> {
    first_fault![
        clean(text, 128),
        refuse(at(text, 0).is_ascii_digit(), "it begins with a digit", 0),
        letters(text),
        if is_refused(text) {
            Some(Fault::new(ArgErrorKind::Refused, "programs take code, options or files from it", 0))
        } else {
            None
        },
    ]
}

const fn letters(text: &[u8]) -> Option<Fault> {
    let mut i = 0;
    while i < text.len() {
        if !at(text, i).is_ascii_alphanumeric() && at(text, i) != b'_' {
            return refuse(true, "not a letter, a digit or `_`", i);
        }
        i += 1;
    }
    None
}

/// Refused names; one that ends with `*` stands for all that begin so.
const REFUSED: &[&str] = &[
    // The loader and the C library.
    "LD_*",
    "DYLD_*",
    "GLIBC_TUNABLES",
    "GCONV_PATH",
    "LOCPATH",
    "NLSPATH",
    "MALLOC_*",
    "HOSTALIASES",
    "RES_OPTIONS",
    "TERMINFO",
    "TERMCAP",
    // Shells.
    "PATH",
    "HOME",
    "IFS",
    "ENV",
    "BASH_ENV",
    "BASH_FUNC_*",
    "SHELLOPTS",
    "BASHOPTS",
    "PS4",
    "PROMPT_COMMAND",
    "CDPATH",
    "GLOBIGNORE",
    "ZDOTDIR",
    // The tools of this crate and what they start.
    "GIT_*",
    "RSYNC_*",
    "CVSIGNORE",
    "TAR_OPTIONS",
    "TAPE",
    "GZIP",
    "XZ_*",
    "BZIP2",
    "POSIXLY_CORRECT",
    "SSH_ASKPASS",
    "GNUPGHOME",
    // Programs that are started on the way.
    "PAGER",
    "MANPAGER",
    "LESS*",
    "EDITOR",
    "VISUAL",
    "BROWSER",
    "SUDO_*",
    // Interpreters and compilers.
    "PYTHON*",
    "PERL5*",
    "PERLLIB",
    "RUBYOPT",
    "RUBYLIB",
    "NODE_*",
    "JAVA_TOOL_OPTIONS",
    "JDK_JAVA_OPTIONS",
    "_JAVA_OPTIONS",
    "LUA_INIT*",
    "PHPRC",
    "AWKPATH",
    "CARGO_*",
    "RUSTC*",
    // Libraries.
    "OPENSSL_*",
    "SSLKEYLOGFILE",
    "CURL_HOME",
    "KRB5_CONFIG",
    "XDG_CONFIG_HOME",
];

const fn is_refused(text: &[u8]) -> bool {
    let mut list = REFUSED;
    while let [name, rest @ ..] = list {
        let refused = match name.as_bytes() {
            [prefix @ .., b'*'] => has(text, 0, prefix),
            name => equal(text, name),
        };
        if refused {
            return true;
        }
        list = rest;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_steer_programs_are_refused() {
        for name in
            ["LD_PRELOAD", "LD_", "BASH_FUNC_x", "GIT_DIR", "LESS", "LESSOPEN", "PYTHONPATH", "PERL5OPT"]
        {
            assert_eq!(fault(name.as_bytes()).unwrap().kind, ArgErrorKind::Refused, "{name}");
        }
        for name in REFUSED {
            assert!(fault(name.replace('*', "X").as_bytes()).is_some(), "{name}");
        }
    }
}
