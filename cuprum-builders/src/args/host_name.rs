//! Names and addresses of hosts.

use std::ffi::OsString;

use super::ArgErrorKind;
use super::fault::{Fault, all_digits, at, clean, find, first_fault, part, refuse, refuse_option, within};
use super::text::checked_text;

/// A host: a DNS name, an IPv4 address, or an IPv6 address without brackets and zone.
///
/// Labels have 1 to 63 ASCII letters, digits and `-`, which neither begins nor ends one; the whole has
/// at most 253 bytes. A name in another script is written in punycode. Numbers that some programs
/// read as an address (`127.1`, `0x7f000001`) are refused; an address is four decimal numbers. The text
/// is kept in lower case.
///
/// ```
/// use cuprum_builders::args::HostName;
///
/// assert_eq!(HostName::new("Example.org")?.as_str(), "example.org");
/// assert!(HostName::new("-oProxyCommand=x").is_err());
/// # Ok::<(), cuprum_builders::args::ArgError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HostName {
    text: String,
}

checked_text!(HostName, "a host name", fault, |text| Self { text: text.to_ascii_lowercase() });

/// The name, as it is; an IPv6 address has no brackets.
impl cuprum::ArgValue for HostName {
    fn to_os(&self) -> OsString {
        self.text.clone().into()
    }
}

/// Finds what keeps a text from being a host.
pub(super) const fn fault(text: &[u8]) -> Option<Fault> {
    first_fault![
        clean(text, 253),
        refuse_option(at(text, 0) == b'-', "it begins with `-`", 0),
        if find(text, 0, b':') < text.len() {
            refuse(!is_ipv6(text), "not an IPv6 address", 0)
        } else {
            name_or_ipv4(text)
        },
    ]
}

const fn name_or_ipv4(text: &[u8]) -> Option<Fault> {
    let mut start = 0;
    loop {
        let end = find(text, start, b'.');
        let label = part(text, start, end);
        if let Some(fault) = within(label_fault(label), start) {
            return Some(fault);
        }
        if end < text.len() {
            start = end + 1;
            continue;
        }
        let hex = at(label, 0) == b'0' && at(label, 1).eq_ignore_ascii_case(&b'x');
        let number = hex || all_digits(label);
        return refuse(number && !is_ipv4(text), "a number that is not an address of four parts", start);
    }
}

const fn label_fault(label: &[u8]) -> Option<Fault> {
    if label.len() > 63 {
        return Some(Fault::new(ArgErrorKind::TooLong, "a label is too long", 63));
    }
    let mut i = 0;
    while i < label.len() {
        if !at(label, i).is_ascii_alphanumeric() && at(label, i) != b'-' {
            return refuse(true, "not a letter, a digit, `-` or `.`", i);
        }
        i += 1;
    }
    first_fault![
        refuse(label.is_empty(), "a label is empty", 0),
        refuse(at(label, 0) == b'-', "a label begins with `-`", 0),
        refuse(at(label, label.len() - 1) == b'-', "a label ends with `-`", label.len() - 1),
    ]
}

/// Whether the text is four numbers from 0 to 255 without leading zeros, joined by dots.
const fn is_ipv4(text: &[u8]) -> bool {
    let mut start = 0;
    let mut parts = 1;
    loop {
        let end = find(text, start, b'.');
        if !is_octet(part(text, start, end)) {
            return false;
        }
        if end == text.len() {
            return parts == 4;
        }
        start = end + 1;
        parts += 1;
    }
}

const fn is_octet(text: &[u8]) -> bool {
    let hundreds_in_range = match (at(text, 0), at(text, 1), at(text, 2)) {
        (b'0'..=b'1', _, _) | (b'2', b'0'..=b'4', _) | (b'2', b'5', b'0'..=b'5') => true,
        _ => text.len() < 3,
    };
    let leading_zero = text.len() > 1 && at(text, 0) == b'0';
    all_digits(text) && text.len() <= 3 && hundreds_in_range && !leading_zero
}

/// Whether the text is an IPv6 address: eight groups of one to four hex digits, of which one run may
/// be `::`, and the last two may be an IPv4 address.
pub(super) const fn is_ipv6(text: &[u8]) -> bool {
    let mut groups = 0;
    let mut gap = false;
    let mut i = 0;
    if at(text, 0) == b':' && at(text, 1) == b':' {
        gap = true;
        i = 2;
    }
    while i < text.len() {
        let end = find(text, i, b':');
        let group = part(text, i, end);
        if end == text.len() && is_ipv4(group) {
            groups += 2;
            break;
        }
        if !is_group(group) {
            return false;
        }
        groups += 1;
        i = end;
        if i == text.len() {
            break;
        }
        i += 1;
        if at(text, i) == b':' {
            if gap {
                return false;
            }
            gap = true;
            i += 1;
        } else if i == text.len() {
            return false;
        }
    }
    if gap { groups < 8 } else { groups == 8 }
}

const fn is_group(text: &[u8]) -> bool {
    let mut i = 0;
    while i < text.len() && at(text, i).is_ascii_hexdigit() {
        i += 1;
    }
    i == text.len() && 1 <= i && i <= 4
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use super::*;

    #[test]
    fn addresses_are_what_the_standard_library_takes() {
        let pieces =
            ["0", "1", "9", "25", "255", "256", "f", "ffff", "10000", ":", "::", ".", "1.2.3.4", "%", "01"];
        let mut state = 1_usize;
        for _ in 0..200_000 {
            let mut text = String::new();
            for _ in 0..(1 + state % 17) {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[(state >> 33) % pieces.len()]);
            }
            assert_eq!(is_ipv6(text.as_bytes()), text.parse::<Ipv6Addr>().is_ok(), "{text}");
            assert_eq!(is_ipv4(text.as_bytes()), text.parse::<Ipv4Addr>().is_ok(), "{text}");
        }
        for text in ["1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1::8", "::", "::ffff:1.2.3.4"]
        {
            assert!(is_ipv6(text.as_bytes()), "{text}");
        }
    }
}
