//! Addresses of repositories to clone, fetch and push.

use std::ffi::{OsStr, OsString};

use super::address::{host_and_port, host_end, host_fault, path_fault};
use super::fault::{Fault, at, clean, find, first_fault, has, part, refuse, refuse_option, within};
use super::text::checked_text;
use super::{ArgError, path, user_name};

/// The address of a repository: `https://host[:port]/path`, `ssh://[user@]host[:port]/path`, or
/// `user@host:path`.
///
/// The scheme is written in lower case, the host is a [`HostName`](super::HostName), an IPv6 address
/// in brackets. There is no password anywhere, and no user in `https`; git asks a credential helper for
/// both. The path is not empty and has no empty, `.` or `..` component and none that begins with `-`;
/// percent codes do not stand for any of these, nor for control characters, `\` or `%`. There is no
/// query, no fragment, no space, and at most 2048 bytes of ASCII.
///
/// Every other transport of git, some of which run programs, is refused. Plain `http` and local
/// repositories have constructors of their own.
///
/// ```
/// use cuprum_builders::args::{RemoteUrl, Transport};
///
/// let url: RemoteUrl = "git@example.org:team/site.git".parse()?;
/// assert_eq!(url.transport(), Transport::Ssh);
/// assert!(RemoteUrl::new("ext::sh -c date").is_err());
/// # Ok::<(), cuprum_builders::args::ArgError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RemoteUrl {
    text: String,
    transport: Transport,
}

checked_text!(RemoteUrl, "a remote url", fault, |text| {
    let transport = if text.starts_with("https:") { Transport::Https } else { Transport::Ssh };
    Self { text: text.to_owned(), transport }
});

/// How git reaches a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Transport {
    /// HTTP with TLS.
    Https,
    /// A secure shell.
    Ssh,
    /// HTTP without TLS.
    Http,
    /// The local file system.
    File,
}

impl Transport {
    /// Returns the name by which git allows it in `GIT_ALLOW_PROTOCOL`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Https => "https",
            Self::Ssh => "ssh",
            Self::Http => "http",
            Self::File => "file",
        }
    }
}

impl RemoteUrl {
    /// Checks an `http://host[:port]/path` address, by the rules of `https`.
    ///
    /// Whoever is on the way can read what is fetched and put something else in its place. It is meant
    /// for a server on this host.
    ///
    /// # Errors
    ///
    /// An [`ArgError`] that names the rule that the text breaks.
    pub fn insecure_http(text: impl AsRef<OsStr>) -> Result<Self, ArgError> {
        Self::other(text.as_ref(), Transport::Http, "an http url", http)
    }

    /// Checks the path of a repository on this host, by the rules of [`SafePath`](super::SafePath).
    ///
    /// It is written as an absolute path or with `./` before it, so git does not read it as anything
    /// else. The path must be one whose owner is trusted as the user who runs git is: git reads the
    /// configuration of the repository that is there, and follows symbolic links on the way. Git itself
    /// refuses a repository of another owner (`safe.directory` in git-config(1)).
    ///
    /// # Errors
    ///
    /// An [`ArgError`] that names the rule that the path breaks.
    pub fn local(path: impl AsRef<OsStr>) -> Result<Self, ArgError> {
        Self::other(path.as_ref(), Transport::File, "a local repository", path::safe)
    }

    fn other(
        text: &OsStr,
        transport: Transport,
        noun: &'static str,
        fault: fn(&[u8]) -> Option<Fault>,
    ) -> Result<Self, ArgError> {
        let bytes = text.as_encoded_bytes();
        let fault = match (fault(bytes), std::str::from_utf8(bytes)) {
            (None, Ok(text)) => return Ok(Self { text: text.to_owned(), transport }),
            (Some(fault), _) => fault,
            (None, Err(error)) => Fault::not_utf8(error),
        };
        Err(ArgError::new("RemoteUrl", noun, fault, bytes))
    }

    /// Returns how git reaches the repository.
    pub fn transport(&self) -> Transport {
        self.transport
    }
}

/// The address, as it is; a local path is absolute or begins with `./`.
impl cuprum::ArgValue for RemoteUrl {
    fn to_os(&self) -> OsString {
        match self.transport {
            Transport::File => path::anchored(&self.text),
            Transport::Https | Transport::Ssh | Transport::Http => self.text.clone().into(),
        }
    }
}

const fn fault(text: &[u8]) -> Option<Fault> {
    first_fault![
        plain(text),
        if has(text, 0, b"https://") {
            with_scheme(text, 8, false)
        } else if has(text, 0, b"ssh://") {
            with_scheme(text, 6, true)
        } else {
            user_host_path(text)
        },
    ]
}

const fn http(text: &[u8]) -> Option<Fault> {
    first_fault![
        plain(text),
        refuse(!has(text, 0, b"http://"), "it does not begin with `http://`", 0),
        with_scheme(text, 7, false),
    ]
}

/// Checks what every address is: ASCII without a space, and not an option.
const fn plain(text: &[u8]) -> Option<Fault> {
    first_fault![
        clean(text, 2048),
        refuse_option(at(text, 0) == b'-', "it begins with `-`", 0),
        characters(text),
    ]
}

const fn characters(text: &[u8]) -> Option<Fault> {
    let mut i = 0;
    while i < text.len() {
        let rule = match at(text, i) {
            0x80.. => "not an ASCII character",
            b' ' => "a space",
            b'?' | b'#' => "a query or a fragment",
            b'\\' => "a backslash",
            _ => "",
        };
        if !rule.is_empty() {
            return refuse(true, rule, i);
        }
        i += 1;
    }
    None
}

/// Checks `[user@]host[:port]/path` from the byte `from` on.
const fn with_scheme(text: &[u8], from: usize, user_allowed: bool) -> Option<Fault> {
    let slash = find(text, from, b'/');
    let sign = find(text, from, b'@');
    let has_user = sign < slash;
    let host = if has_user { sign + 1 } else { from };
    first_fault![
        refuse(has_user && !user_allowed, "a user or password is not part of such a url", from),
        if has_user { within(user_name::fault(part(text, from, sign)), from) } else { None },
        host_and_port(part(text, 0, slash), host),
        refuse(slash == text.len(), "no path follows the host", slash),
        path_fault(text, slash + 1),
    ]
}

/// Checks `user@host:path`.
const fn user_host_path(text: &[u8]) -> Option<Fault> {
    let colon = find(text, 0, b':');
    let sign = find(text, 0, b'@');
    let host = sign + 1;
    let end = host_end(text, host);
    let from = end + 1;
    first_fault![
        refuse(
            colon < sign && has(text, colon, b"::"),
            "`::` names a transport helper, which is a program",
            colon
        ),
        refuse(colon < sign && has(text, colon, b"://"), "the scheme is not `https` or `ssh`", 0),
        refuse(sign == text.len() || colon < sign, "neither `https://`, `ssh://` nor `user@host:path`", 0),
        within(user_name::fault(part(text, 0, sign)), 0),
        host_fault(text, host, end),
        refuse(at(text, end) != b':', "no `:` and path follow the host", end),
        refuse(at(text, from) == b':', "the path begins with `:`", from),
        path_fault(text, if at(text, from) == b'/' { from + 1 } else { from }),
    ]
}

#[cfg(test)]
mod tests {
    use cuprum::ArgValue as _;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(fault(text.as_bytes()).map(|fault| fault.rule), expected);
    }

    #[test]
    fn the_three_forms_are_taken() {
        for url in [
            "https://example.org/x.git",
            "https://example.org:8443/a/b/",
            "https://[::1]:65535/x",
            "https://10.0.0.1/~ann/a@b:c",
            "ssh://example.org/x",
            "ssh://git@[fe80::1]:22/x",
            "git@example.org:team/x.git",
            "git@example.org:/srv/x.git",
            "git@[::1]:x",
            "git@h:a:b",
        ] {
            check(url, None);
        }
        assert_eq!(RemoteUrl::new("https://h/x").unwrap().transport(), Transport::Https);
        assert_eq!(RemoteUrl::new("git@h:x").unwrap().transport(), Transport::Ssh);
    }

    #[test]
    fn a_refused_password_is_not_shown() {
        let error = RemoteUrl::new("https://ann:secret@example.org/x").unwrap_err();
        assert!(!error.to_string().contains("secret"), "{error}");
        assert!(!format!("{error:?}").contains("secret"), "{error:?}");
    }

    #[test]
    fn plain_http_and_local_repositories_are_asked_for_by_name() {
        assert_eq!(RemoteUrl::insecure_http("http://[::1]:80/x").unwrap().transport(), Transport::Http);
        assert!(RemoteUrl::insecure_http("https://h/x").is_err());
        assert!(RemoteUrl::insecure_http("http://a@h/x").is_err());
        let local = RemoteUrl::local("a:b").unwrap();
        assert_eq!(local.to_os(), "./a:b");
        assert_eq!(local.transport().as_str(), "file");
        assert_eq!(RemoteUrl::local("/srv/x.git").unwrap().to_os(), "/srv/x.git");
        let error = RemoteUrl::local("../x").unwrap_err();
        assert_eq!(error.to_string(), "not a local repository: a component is `..` at byte 0: \"../x\"");
    }
}
