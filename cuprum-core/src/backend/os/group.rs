//! Finds out whether anybody is left of a process group whose leader has exited.
//!
//! The kernel has no call for it. The leader must stay a zombie, so that its id is nobody else's, and as long as it is
//! one, a signal to its group finds somebody (kill(2)); waitid(2) knows own children only, and those of the leader are
//! not ours. So the table of processes is read (proc_pid_stat(5)). That takes some milliseconds where there are
//! hundreds of processes, and is done only where somebody else keeps a run waiting that is being stopped.
//!
//! A member that forks meanwhile is not missed: ids are listed and given in ascending order, so its child comes later.
//! Only where the numbers begin anew just then, a child could lie behind; it is killed without the rest of its grace.

use std::fs;
use std::io;

/// What the table says of a process.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    alive: bool,
    parent: i32,
    group: i32,
}

/// Returns whether a child of this process, which leads a group and is a zombie, is the last of it.
///
/// `member` is somebody else who was found before, and is asked for first. Where the table cannot be read, or is that
/// of another PID namespace, the answer is no.
pub(super) fn is_gone(leader: i32, member: &mut Option<i32>) -> bool {
    if member.is_some_and(|member| matches!(row(member), Ok(Some(row)) if row.is_member(leader))) {
        return false;
    }
    *member = None;
    let parent = i32::try_from(std::process::id()).ok();
    let mut found_leader = false;
    let Ok(entries) = fs::read_dir("/proc") else { return false };
    for entry in entries {
        let Ok(entry) = entry else { return false };
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        match row(pid) {
            Ok(Some(row)) if pid == leader => {
                found_leader = !row.alive && row.group == leader && Some(row.parent) == parent;
            }
            Ok(Some(row)) if row.is_member(leader) => {
                *member = Some(pid);
                return false;
            }
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    found_leader
}

impl Row {
    fn is_member(&self, group: i32) -> bool {
        self.alive && self.group == group
    }
}

/// Returns what the table says of a process; nothing if it is gone.
fn row(pid: i32) -> io::Result<Option<Row>> {
    use rustix::io::Errno;
    match fs::read(format!("/proc/{pid}/stat")) {
        Ok(stat) => parsed(&stat).map(Some).ok_or_else(|| io::ErrorKind::InvalidData.into()),
        Err(error) => match Errno::from_io_error(&error) {
            Some(Errno::NOENT | Errno::SRCH) => Ok(None),
            _ => Err(error),
        },
    }
}

/// Reads a row. The name, in parentheses, may hold anything.
fn parsed(stat: &[u8]) -> Option<Row> {
    let name = memchr::memrchr(b')', stat)?;
    let mut fields = stat.get(name + 1..)?.split(u8::is_ascii_whitespace).filter(|field| !field.is_empty());
    let state = fields.next()?;
    let mut number =
        |skipped: usize| -> Option<i32> { std::str::from_utf8(fields.nth(skipped)?).ok()?.parse().ok() };
    let (parent, group, threads) = (number(0)?, number(0)?, number(14)?);
    // A process whose first thread has ended looks like a zombie as long as the others live.
    let alive = !matches!(state, b"Z" | b"X" | b"x") || threads > 1;
    Some(Row { alive, parent, group })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_whatever_the_name_of_the_process_is() {
        let row = |name: &str, state: &str, threads: u32| {
            let stat =
                format!("7 ({name}) {state} 5 6 4 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 {threads} 0 99 0 0\n");
            parsed(stat.as_bytes()).unwrap()
        };
        for name in ["cat", "a b", ") Z 1 1", "\n"] {
            assert_eq!(row(name, "S", 1), Row { alive: true, parent: 5, group: 6 });
        }
        assert!(!row("cat", "Z", 1).alive && !row("cat", "X", 1).alive);
        assert!(row("cat", "Z", 2).alive, "its other threads live");
        assert_eq!(parsed(b"7 (cat) S 5"), None);
    }

    #[test]
    fn a_group_that_lives_or_that_is_no_child_of_ours_is_not_gone() {
        let own = row(i32::try_from(std::process::id()).unwrap()).unwrap().unwrap().group;
        let mut member = None;
        assert!(!is_gone(own, &mut member));
        assert!(!is_gone(i32::MAX, &mut member), "nobody has seen that leader end");
        assert_eq!(member, None);
    }
}
