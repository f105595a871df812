//! The own spawn: `clone3`, what its child does before `execve`, and `waitid` with the CPU times.
//!
//! The child shares the parent's memory, and the calling thread sleeps until the child has executed its
//! program or has given up (`CLONE_VM | CLONE_VFORK`). So nothing is copied, whatever the parent has
//! allocated, and a failure is told through memory. For that the child must be a poor guest: until
//! `execve` it allocates nothing, takes no lock, cannot panic, and makes raw system calls only, because
//! those of the C library may do more (its `setuid` signals all threads, of the parent).
//!
//! The child runs on the calling thread's own stack, below the frame of [`clone3`], which is as good as
//! any other function that the thread could call: the thread itself is not running, its stack ends in a
//! guard page, and nothing has to be mapped and unmapped for each child. Decision 0006 has the rest.

#![expect(unsafe_code, reason = "no safe crate starts a process that shares the parent's memory")]

use std::arch::asm;
use std::cell::Cell;
use std::convert::Infallible;
use std::io;
use std::mem::{MaybeUninit, size_of};
use std::os::fd::{AsFd as _, AsRawFd as _, BorrowedFd, FromRawFd as _, OwnedFd};
use std::time::Duration;

use libc::{c_int, c_long};
use rustix::io::Errno;
use rustix::process::{WaitId, WaitIdOptions};

use super::request::{Child, Fault, Request, Source};
use crate::backend::{Reaped, Step};
use crate::outcome::{CpuTimes, ExitStatus};
use crate::spec::{Limit, Resource};

/// The start of the kernel's `struct clone_args`, in its first version (64 bytes).
#[repr(C, align(8))]
#[derive(Default)]
struct CloneArgs {
    flags: u64,
    pidfd: u64,
    child_tid: u64,
    parent_tid: u64,
    exit_signal: u64,
    stack: u64,
    stack_size: u64,
    tls: u64,
}

/// Resets every handler in the child; libc's constant of this name does not fit its type.
const CLONE_CLEAR_SIGHAND: u64 = 0x1_0000_0000;
const FLAGS: u64 =
    CLONE_CLEAR_SIGHAND | (libc::CLONE_VM | libc::CLONE_VFORK | libc::CLONE_PIDFD).cast_unsigned() as u64;

/// A set of signals, as the kernel takes it: 64 of them.
type Signals = u64;
const LAST_SIGNAL: c_int = 64;

/// What parent and child share: the child reads the request, the parent reads the fault.
struct Work<'a> {
    request: &'a Request<'a>,
    fault: Cell<Option<Fault>>,
}

/// Starts a child, and returns when it executes its program or has failed to.
pub(super) fn start(request: &Request<'_>) -> Result<Child, Fault> {
    let work = Work { request, fault: Cell::new(None) };
    let mut pidfd: c_int = -1;
    let args = CloneArgs {
        flags: FLAGS | if request.own_table { libc::CLONE_FILES.cast_unsigned().into() } else { 0 },
        pidfd: (&raw mut pidfd).expose_provenance() as u64,
        exit_signal: libc::SIGCHLD.cast_unsigned().into(),
        ..CloneArgs::default()
    };
    // A handler of the parent must never run in the child, where it would work on the parent's memory:
    // no signal is taken from before the child is born until its handlers are reset.
    let mut mask: Signals = 0;
    set_mask(&Signals::MAX, Some(&mut mask)).map_err(|errno| Fault { step: Step::Process, errno })?;
    // SAFETY: `args` and `work` live until this function returns; the child, who uses them, is gone or has
    // memory of its own before the call returns. All signals are blocked.
    let pid = unsafe { clone3(&args, &work) };
    // It takes valid pointers only, so it cannot fail.
    let _ = set_mask(&mask, None);
    let pid = match u32::try_from(pid) {
        Ok(pid) => pid,
        Err(_) => {
            let errno = i32::try_from(pid.wrapping_neg()).unwrap_or(libc::EIO);
            return Err(Fault { step: Step::Process, errno: Errno::from_raw_os_error(errno) });
        }
    };
    // SAFETY: the kernel has just opened the descriptor for us (CLONE_PIDFD), and nobody else knows it.
    let pidfd = unsafe { OwnedFd::from_raw_fd(pidfd) };
    let Some(fault) = work.fault.get() else { return Ok(Child { pid, pidfd }) };
    // The child has exited. That nobody is left to wait for is fine, too.
    while let Err(Errno::INTR) = rustix::process::waitid(WaitId::PidFd(pidfd.as_fd()), WaitIdOptions::EXITED)
    {
    }
    Err(fault)
}

/// Calls `clone3`, and in the child [`child`].
///
/// Returns the child's id, or a negative error number.
///
/// # Safety
///
/// `args` asks for a child that shares the memory and lets this thread sleep until it executes or exits,
/// and for no other stack. All signals are blocked.
unsafe fn clone3(args: &CloneArgs, work: &Work<'_>) -> c_long {
    let result: c_long;
    // SAFETY: the kernel reads `args`, and writes the pidfd to where it points. In the parent, the block is
    // a system call that changes the registers it says. The child never leaves the block. It begins with a
    // copy of the registers, so with the stack pointer that an `asm!` block may push below, aligned for a
    // call; what it writes there is below everything of this thread, which sleeps meanwhile. It writes to
    // `work.fault` by the address it gets, and the compiler must expect that of a block that may touch
    // memory.
    #[cfg(target_arch = "x86_64")]
    unsafe {
        asm!(
            "syscall",
            "test rax, rax",
            "jnz 2f",
            // The outermost frame, for whoever walks the stack.
            "xor ebp, ebp",
            "mov rdi, r8",
            "call {child}",
            "ud2",
            "2:",
            child = sym child,
            inlateout("rax") libc::SYS_clone3 => result,
            in("rdi") args,
            in("rsi") size_of::<CloneArgs>(),
            in("r8") work,
            lateout("rcx") _,
            lateout("r11") _,
        );
    }
    // SAFETY: as above.
    #[cfg(target_arch = "aarch64")]
    unsafe {
        asm!(
            "svc #0",
            "cbnz x0, 2f",
            "mov x29, xzr",
            "mov x0, x2",
            "bl {child}",
            "brk #1",
            "2:",
            child = sym child,
            in("x8") libc::SYS_clone3,
            inlateout("x0") args => result,
            in("x1") size_of::<CloneArgs>(),
            in("x2") work,
        );
    }
    result
}

/// The child's life, up to its program or its end.
///
/// # Safety
///
/// `work` is valid, and only [`clone3`] calls this, in a new process.
unsafe extern "C" fn child(work: *const Work<'_>) -> ! {
    // SAFETY: the parent's frame holds `work`, and stays as it is while this process shares its memory.
    let work = unsafe { &*work };
    let Err(fault) = execute(work.request);
    work.fault.set(Some(fault));
    loop {
        // SAFETY: it ends this process, and touches no memory.
        unsafe { libc::syscall(libc::SYS_exit_group, 127) };
    }
}

/// Takes every step and executes the program; returns only if that fails.
fn execute(request: &Request<'_>) -> Result<Infallible, Fault> {
    let Request { image, attributes, streams, .. } = request;
    // SAFETY: all of these change this process only. Each takes numbers, or pointers that the kernel reads:
    // of a slice with its length, of a local value, of the image's strings and rows, which end as they must.
    unsafe {
        if attributes.session {
            call(Step::Group, libc::SYS_setsid, [0; 4])?;
        } else if request.own_group {
            call(Step::Group, libc::SYS_setpgid, [0; 4])?;
        }
        if request.own_table {
            // Until here the table is the parent's, so this comes before all else. Of what ends where the
            // table does, the kernel copies nothing.
            let unshare = libc::CLOSE_RANGE_UNSHARE as usize;
            call(Step::Descriptors, libc::SYS_close_range, [3, u32::MAX as usize, unshare, 0])?;
        }
        let [stdin, stdout, stderr] = streams;
        for (place, source) in [(0, stdin), (1, stdout), (2, stderr)] {
            match source {
                Source::Inherit => {}
                Source::Open(source) => {
                    let source = source.as_raw_fd().cast_unsigned() as usize;
                    call(Step::Descriptors, libc::SYS_dup3, [source, place, 0, 0])?;
                }
                Source::Path(path, flags) => {
                    let (path, flags) = (path.as_ptr().expose_provenance(), flags.bits() as usize);
                    let here = libc::AT_FDCWD.cast_unsigned() as usize;
                    let opened = call(Step::Descriptors, libc::SYS_openat, [here, path, flags, 0])?;
                    // It has the place already if the parent has closed the stream of it.
                    if opened != place {
                        call(Step::Descriptors, libc::SYS_dup3, [opened, place, 0, 0])?;
                        call(Step::Descriptors, libc::SYS_close, [opened, 0, 0, 0])?;
                    }
                }
            }
        }
        if !request.own_table {
            // What other code has opened without the flag closes, too. A kernel before 5.11 cannot do that.
            let close = libc::CLOSE_RANGE_CLOEXEC as usize;
            let _ = call(Step::Descriptors, libc::SYS_close_range, [3, u32::MAX as usize, close, 0]);
        }

        if let Some(umask) = attributes.umask {
            call(Step::Umask, libc::SYS_umask, [umask as usize, 0, 0, 0])?;
        }
        for Limit { resource, soft, hard } in &attributes.limits {
            // The kernel's `struct rlimit64`, whose infinity is the largest number.
            let limit = [soft, hard].map(|most| most.unwrap_or(u64::MAX));
            let limit = (&raw const limit).expose_provenance();
            call(Step::Limit(*resource), libc::SYS_prlimit64, [0, number(*resource), limit, 0])?;
        }
        if let Some(nice) = attributes.nice {
            let nice = nice.cast_unsigned() as usize;
            call(Step::Nice, libc::SYS_setpriority, [libc::PRIO_PROCESS as usize, 0, nice, 0])?;
        }
        // Groups first: a user without rights cannot change them any more.
        if let Some(groups) = &attributes.groups {
            // A `Gid` is a number, and nothing else.
            let list = groups.as_ptr().expose_provenance();
            call(Step::Groups, libc::SYS_setgroups, [groups.len(), list, 0, 0])?;
        }
        if let Some(gid) = attributes.gid {
            let gid = id(gid.as_raw(), Step::Gid)?;
            call(Step::Gid, libc::SYS_setresgid, [gid, gid, gid, 0])?;
        }
        if let Some(uid) = attributes.uid {
            if attributes.groups.is_none() {
                match call(Step::Groups, libc::SYS_setgroups, [0; 4]) {
                    Err(fault) if fault.errno != Errno::PERM => return Err(fault),
                    _ => {}
                }
            }
            let uid = id(uid.as_raw(), Step::Uid)?;
            call(Step::Uid, libc::SYS_setresuid, [uid, uid, uid, 0])?;
        }
        if let Some(dir) = image.dir() {
            call(Step::Directory, libc::SYS_chdir, [dir.expose_provenance(), 0, 0, 0])?;
        }

        // An action of zeros is the default one.
        let default = [0_u64; 4];
        let default = (&raw const default).expose_provenance();
        let reset = |signal: c_int| {
            let signal = signal.cast_unsigned() as usize;
            call(Step::Signals, libc::SYS_rt_sigaction, [signal, default, 0, size_of::<Signals>()]).map(drop)
        };
        // Rust programs ignore SIGPIPE, and what is ignored stays so: `yes | head` would never end.
        reset(libc::SIGPIPE)?;
        if attributes.reset_signals {
            for signal in 1..=LAST_SIGNAL {
                if signal != libc::SIGKILL && signal != libc::SIGSTOP {
                    reset(signal)?;
                }
            }
        }
        set_mask(&0, None).map_err(|errno| Fault { step: Step::Signals, errno })?;
        let (argv, envp) = (image.argv().expose_provenance(), image.envp().expose_provenance());
        call(Step::Execute, libc::SYS_execve, [image.program().expose_provenance(), argv, envp, 0])?;
    }
    // A successful `execve` does not return.
    Err(Fault { step: Step::Execute, errno: Errno::IO })
}

/// Returns an id as a word, but not the one number that means "leave it as it is".
fn id(id: u32, step: Step) -> Result<usize, Fault> {
    if id == u32::MAX { Err(Fault { step, errno: Errno::INVAL }) } else { Ok(id as usize) }
}

/// Makes a system call.
///
/// # Safety
///
/// That of the call.
unsafe fn call(step: Step, number: c_long, [a, b, c, d]: [usize; 4]) -> Result<usize, Fault> {
    // SAFETY: the caller's.
    let result = unsafe { libc::syscall(number, a, b, c, d) };
    usize::try_from(result).map_err(|_| Fault { step, errno: last_error() })
}

/// The error number of this thread; a child uses its parent's, which is asleep.
fn last_error() -> Errno {
    Errno::from_io_error(&io::Error::last_os_error()).unwrap_or(Errno::IO)
}

fn set_mask(mask: &Signals, before: Option<&mut Signals>) -> Result<(), Errno> {
    let before = before.map_or(std::ptr::null_mut(), |before| &raw mut *before);
    // The C library's function leaves out two signals that it uses itself. SAFETY: both point to a set of
    // the size that is told, or to nothing.
    let result = unsafe {
        libc::syscall(
            libc::SYS_rt_sigprocmask,
            libc::SIG_SETMASK,
            &raw const *mask,
            before,
            size_of::<Signals>(),
        )
    };
    if result == 0 { Ok(()) } else { Err(last_error()) }
}

const fn number(resource: Resource) -> usize {
    (match resource {
        Resource::AddressSpace => libc::RLIMIT_AS,
        Resource::CoreSize => libc::RLIMIT_CORE,
        Resource::CpuTime => libc::RLIMIT_CPU,
        Resource::DataSize => libc::RLIMIT_DATA,
        Resource::FileSize => libc::RLIMIT_FSIZE,
        Resource::LockedMemory => libc::RLIMIT_MEMLOCK,
        Resource::OpenFiles => libc::RLIMIT_NOFILE,
        Resource::Processes => libc::RLIMIT_NPROC,
        Resource::StackSize => libc::RLIMIT_STACK,
    }) as usize
}

/// Takes the status of an exited process, with its CPU times, and ends the zombie.
///
/// Returns `None` if the process has not exited.
pub(super) fn reap(pidfd: BorrowedFd<'_>) -> io::Result<Option<Reaped>> {
    let mut info = MaybeUninit::<libc::siginfo_t>::zeroed();
    let mut usage = MaybeUninit::<libc::rusage>::zeroed();
    loop {
        // SAFETY: the descriptor is open, and both pointers are to values that the kernel may fill.
        let result = unsafe {
            let options = libc::WEXITED | libc::WNOHANG;
            let (info, usage) = (info.as_mut_ptr(), usage.as_mut_ptr());
            libc::syscall(libc::SYS_waitid, libc::P_PIDFD, pidfd.as_raw_fd(), info, options, usage)
        };
        match result {
            -1 if last_error() == Errno::INTR => {}
            -1 => return Err(io::Error::last_os_error()),
            _ => break,
        }
    }
    // SAFETY: plain numbers, which began as zeros; the kernel's two structures are libc's where pointers have
    // 64 bits.
    let (info, usage) = unsafe { (info.assume_init(), usage.assume_init()) };
    // SAFETY: `waitid` fills these fields, or all of them with zeros.
    let (pid, code) = unsafe { (info.si_pid(), info.si_status()) };
    let status = match info.si_code {
        _ if pid == 0 => return Ok(None),
        libc::CLD_EXITED => ExitStatus::Code(code),
        _ => ExitStatus::Signal(code),
    };
    let cpu = CpuTimes { user: duration(usage.ru_utime), system: duration(usage.ru_stime) };
    Ok(Some(Reaped::new(status).with_cpu(cpu)))
}

fn duration(time: libc::timeval) -> Duration {
    let seconds = Duration::from_secs(time.tv_sec.try_into().unwrap_or_default());
    seconds.saturating_add(Duration::from_micros(time.tv_usec.try_into().unwrap_or_default()))
}
