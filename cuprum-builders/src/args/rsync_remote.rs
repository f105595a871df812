//! Directories on another host, as rsync reaches them over ssh.

use std::ffi::OsString;

use super::address::{host_end, host_fault};
use super::fault::{Fault, at, clean, find, first_fault, has, part, refuse, refuse_option, within};
use super::path::{LONGEST, components};
use super::rsync_path::without_final_slash;
use super::text::checked_text;
use super::user_name;

/// A source or destination of rsync on another host: `[user@]host:path`.
///
/// The user is a [`UserName`](super::UserName), the host a [`HostName`](super::HostName), an IPv6
/// address in brackets. A host of one letter needs a user before it. The path has no empty, `.` or `..`
/// component, may begin and end with one `/`, and is not the root of the host; it begins with none of
/// `- : ~` and holds none of ``$ ` ; | & < > ( ) * ? [ ] { } ! ' " \``, which the other side could read.
/// The daemon forms (`host::module`, `rsync://`) are refused.
///
/// ```
/// use cuprum_builders::args::RsyncRemote;
///
/// assert!(RsyncRemote::new("deploy@web01:/srv/www/").is_ok());
/// assert!(RsyncRemote::new("web01::module").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RsyncRemote {
    text: String,
}

checked_text!(RsyncRemote, "a remote rsync path", fault);

/// The text, as it is.
impl cuprum::ArgValue for RsyncRemote {
    fn to_os(&self) -> OsString {
        self.text.clone().into()
    }
}

const fn fault(text: &[u8]) -> Option<Fault> {
    let sign = find(text, 0, b'@');
    let has_user = sign < find(text, 0, b':');
    let host = if has_user { sign + 1 } else { 0 };
    let end = host_end(text, host);
    let from = end + 1;
    first_fault![
        clean(text, LONGEST),
        refuse_option(at(text, 0) == b'-', "it begins with `-`", 0),
        refuse(at(text, end) != b':', "no `:` and path follow the host", end),
        if has_user { within(user_name::fault(part(text, 0, sign)), 0) } else { None },
        refuse(end == host, "the host is empty", host),
        host_fault(text, host, end),
        refuse(!has_user && end == 1, "a host of one letter needs a user before it", 0),
        refuse(at(text, from) == b':', "`::` names a module of a daemon", from),
        refuse(has(text, from, b"//"), "a component is empty", from + 1),
        refuse_option(at(text, from) == b'-', "the path begins with `-`", from),
        refuse(at(text, from) == b'~', "the path begins with `~`, a home directory", from),
        shell_characters(text, from),
        components(without_final_slash(text), if at(text, from) == b'/' { from + 1 } else { from }),
    ]
}

const fn shell_characters(text: &[u8], from: usize) -> Option<Fault> {
    let mut i = from;
    while i < text.len() {
        let byte = at(text, i);
        let grouping = matches!(byte, b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'\'' | b'"' | b'`');
        let other = matches!(byte, b'$' | b';' | b'|' | b'&' | b'<' | b'>' | b'*' | b'?' | b'!' | b'\\');
        if grouping || other {
            return refuse(true, "a character with a meaning to a shell", i);
        }
        i += 1;
    }
    None
}
