//! The parts of an address: the host with its brackets, the port, the path with its percent codes.

use super::fault::{Fault, all_digits, at, find, first_fault, hides, part, refuse, refuse_option, within};
use super::host_name;

/// Returns where the host that begins at `host` ends: after its bracket, or before a `:`.
pub(super) const fn host_end(text: &[u8], host: usize) -> usize {
    if at(text, host) != b'[' {
        return find(text, host, b':');
    }
    let bracket = find(text, host, b']');
    if bracket < text.len() { bracket + 1 } else { text.len() }
}

/// Checks a host name, or an IPv6 address in brackets, from `start` to before `end`.
pub(super) const fn host_fault(text: &[u8], start: usize, end: usize) -> Option<Fault> {
    if at(text, start) != b'[' {
        return within(host_name::fault(part(text, start, end)), start);
    }
    let closed = at(text, end - 1) == b']';
    let address = part(text, start + 1, end - 1);
    refuse(!closed || !host_name::is_ipv6(address), "only an IPv6 address stands in brackets", start)
}

/// Checks `host[:port]` from the byte `host` to the end of the text.
pub(super) const fn host_and_port(text: &[u8], host: usize) -> Option<Fault> {
    let end = host_end(text, host);
    let port = part(text, end + 1, text.len());
    first_fault![
        host_fault(text, host, end),
        refuse(end < text.len() && at(text, end) != b':', "neither `:` nor `/` follows the host", end),
        refuse(end < text.len() && !is_port(port), "the port is not a number from 1 to 65535", end + 1),
    ]
}

const fn is_port(text: &[u8]) -> bool {
    let mut number = 0_u32;
    let mut i = 0;
    while i < text.len() && i < 5 {
        number = number * 10 + at(text, i).wrapping_sub(b'0') as u32;
        i += 1;
    }
    all_digits(text) && text.len() <= 5 && at(text, 0) != b'0' && number <= 65535
}

/// Checks the components of a path from the byte `from` on; one `/` may be at the end.
pub(super) const fn path_fault(text: &[u8], from: usize) -> Option<Fault> {
    let mut start = from;
    loop {
        let end = find(text, start, b'/');
        if let Some(fault) = within(component(part(text, start, end)), start) {
            return Some(fault);
        }
        if end + 1 >= text.len() {
            return percent_codes(text, from);
        }
        start = end + 1;
    }
}

const fn component(text: &[u8]) -> Option<Fault> {
    let dots = matches!(text, b"." | b"..");
    first_fault![
        refuse(text.is_empty(), "a component of the path is empty", 0),
        refuse(dots, "a component of the path is `.` or `..`", 0),
        refuse_option(decoded(text, 0).0 == b'-', "a component of the path begins with `-`", 0),
    ]
}

const fn percent_codes(text: &[u8], from: usize) -> Option<Fault> {
    let mut i = from;
    while i < text.len() {
        let (first, next) = decoded(text, i);
        if at(text, i) == b'%' {
            let digits = at(text, i + 1).is_ascii_hexdigit() && at(text, i + 2).is_ascii_hexdigit();
            let second = decoded(text, next);
            let third = decoded(text, second.1);
            let structure = matches!(first, b'/' | b'.' | b'\\' | b'%');
            if let Some(fault) = first_fault_of_code(i, digits, structure, hides(first, second.0, third.0)) {
                return Some(fault);
            }
        }
        i = next;
    }
    None
}

const fn first_fault_of_code(i: usize, digits: bool, structure: bool, hidden: bool) -> Option<Fault> {
    first_fault![
        refuse(!digits, "`%` without two hex digits", i),
        refuse(structure, "a percent code for `/`, `.`, `\\` or `%`", i),
        refuse(hidden, "a percent code for a control or invisible character", i),
    ]
}

/// Returns the byte at `i` after percent decoding, and where the next one begins.
const fn decoded(text: &[u8], i: usize) -> (u8, usize) {
    if at(text, i) != b'%' {
        return (at(text, i), i + 1);
    }
    (hex(at(text, i + 1)) << 4 | hex(at(text, i + 2)), i + 3)
}

const fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        b'A'..=b'F' => digit - b'A' + 10,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_a_plain_number() {
        for (text, expected) in [("h:1", 0), ("h:65535", 0), ("h", 0), ("[::1]:22", 0)] {
            assert_eq!(host_and_port(text.as_bytes(), 0).map_or(0, |fault| fault.offset), expected, "{text}");
        }
        for text in ["h:", "h:0", "h:022", "h:65536", "h:99999", "h:100000", "h:22x", "h:-1", "[::1]22"] {
            assert!(host_and_port(text.as_bytes(), 0).is_some(), "{text}");
        }
    }

    #[test]
    fn only_an_ipv6_address_stands_in_brackets() {
        for text in ["[h]", "[1.2.3.4]", "[]", "[", "[::1", "[fe80::1%eth0]", "[h:-p]"] {
            let end = host_end(text.as_bytes(), 0);
            assert!(host_fault(text.as_bytes(), 0, end).is_some(), "{text}");
        }
    }

    #[track_caller]
    fn check(path: &str, expected: Option<(&str, usize)>) {
        assert_eq!(path_fault(path.as_bytes(), 0).map(|fault| (fault.rule, fault.offset)), expected);
    }

    #[test]
    fn a_path_has_plain_components() {
        for path in ["x", "x/", "a/b.git", "a-b", "%41", "caf%C3%A9", "~a", "..."] {
            check(path, None);
        }
        check("", Some(("a component of the path is empty", 0)));
        check("/", Some(("a component of the path is empty", 0)));
        check("a//b", Some(("a component of the path is empty", 2)));
        check("a//", Some(("a component of the path is empty", 2)));
        check("a/../b", Some(("a component of the path is `.` or `..`", 2)));
        check("a/.", Some(("a component of the path is `.` or `..`", 2)));
        check("a/-x", Some(("a component of the path begins with `-`", 2)));
        check("a/%2dx", Some(("a component of the path begins with `-`", 2)));
    }

    #[test]
    fn a_percent_code_stands_for_nothing_dangerous() {
        for path in ["x%", "x%4", "x%zz", "x%4/y"] {
            check(path, Some(("`%` without two hex digits", 1)));
        }
        for path in ["x%2f", "x%2F", "x%2e%2e", "x%5c", "x%25"] {
            check(path, Some(("a percent code for `/`, `.`, `\\` or `%`", 1)));
        }
        for path in ["x%00", "x%0a", "x%7f", "x%C2%85", "x%e2%80%ae", "x%EF%BB%BF"] {
            check(path, Some(("a percent code for a control or invisible character", 1)));
        }
    }
}
