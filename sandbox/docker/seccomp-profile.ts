/**
 * The system calls of the container, as an allow-list: what Node with a worker and WebAssembly, the engine's `init`
 * and the last steps of the container runtime were seen to call (strace, Node 26, x86-64), and their spellings on
 * other architectures and C libraries. Everything else fails with EPERM; names that a kernel does not know are skipped
 * by the engine. Beyond the engine's default list this takes away sockets of any kind, creating files, io_uring,
 * memfd, ptrace, keys, namespaces.
 */

const memory = [
  "brk",
  "madvise",
  "membarrier",
  "mmap",
  "mprotect",
  "mremap",
  "munmap",
  "pkey_alloc",
  "pkey_free",
  "pkey_mprotect",
];

const threads = [
  "arch_prctl",
  "exit",
  "exit_group",
  "futex",
  "get_robust_list",
  "getcpu",
  "gettid",
  "prctl",
  "rseq",
  "sched_get_priority_max",
  "sched_get_priority_min",
  "sched_getaffinity",
  "sched_getparam",
  "sched_getscheduler",
  "sched_yield",
  "set_robust_list",
  "set_tid_address",
];

const signalsAndTime = [
  "clock_getres",
  "clock_gettime",
  "clock_nanosleep",
  "gettimeofday",
  "kill",
  "nanosleep",
  "restart_syscall",
  "rt_sigaction",
  "rt_sigpending",
  "rt_sigprocmask",
  "rt_sigreturn",
  "rt_sigsuspend",
  "rt_sigtimedwait",
  "sigaltstack",
  "tgkill",
  "time",
];

const readingAndPipes = [
  "access",
  "close",
  "close_range",
  "dup",
  "dup2",
  "dup3",
  "epoll_create1",
  "epoll_ctl",
  "epoll_pwait",
  "epoll_pwait2",
  "epoll_wait",
  "eventfd2",
  "faccessat",
  "faccessat2",
  "fcntl",
  "fstat",
  "fstatfs",
  "getcwd",
  "getdents64",
  "lseek",
  "lstat",
  "newfstatat",
  "pipe",
  "pipe2",
  "poll",
  "ppoll",
  "pread64",
  "preadv",
  "pwrite64",
  "read",
  "readlink",
  "readlinkat",
  "readv",
  "stat",
  "statfs",
  "statx",
  "write",
  "writev",
];

/** The last two lines are for the engine's `init`, which starts Node and waits for it. */
const processes = [
  "capget",
  "getegid",
  "geteuid",
  "getgid",
  "getpid",
  "getppid",
  "getrandom",
  "getresgid",
  "getresuid",
  "getrlimit",
  "getrusage",
  "getuid",
  "prlimit64",
  "sysinfo",
  "times",
  "uname",
  ...["execve", "fork", "vfork", "wait4", "waitid"],
  ...["getpgid", "getpgrp", "getsid", "setpgid"],
];

/** Only when trusted config gives the run a network. */
const network = [
  ...["accept4", "bind", "connect", "getpeername", "getsockname", "getsockopt", "listen"],
  ...["recvfrom", "recvmmsg", "recvmsg", "sendmmsg", "sendmsg", "sendto", "setsockopt", "shutdown"],
];

/**
 * Only when the runtime starts programs inside: Node joins itself to them by pairs of local sockets that have no
 * address and lead nowhere else, and ends their input by shutting one half. Each works in a folder of its own.
 */
const joinedPrograms = ["chdir", "getpeername", "getsockname", "getsockopt", "setsid", "shutdown"];

/** Only for plugins: files, for which there is one memory folder (all else is read-only). No links, no rights. */
const files = [
  ...["fdatasync", "flock", "fsync", "ftruncate", "mkdir", "mkdirat", "openat"],
  ...["rename", "renameat", "renameat2", "rmdir", "umask", "unlink", "unlinkat", "utimensat"],
];

const addressFamily = { unix: 1, inet: 2, inet6: 10 } as const;

/** Asking a terminal for its kind and size, non-blocking pipes, close on exec; no typing into a terminal. */
const ioctlRequests = {
  TCGETS: 0x5401,
  TIOCGPGRP: 0x540f,
  TIOCSPGRP: 0x5410,
  TIOCGWINSZ: 0x5413,
  FIONREAD: 0x541b,
  FIONBIO: 0x5421,
  FIOCLEX: 0x5451,
} as const;

/** All CLONE_NEW… flags: no new namespaces. */
const namespaceFlags = 0x7e020080;
/** O_CREAT and O_TMPFILE: files may be opened, never made. */
const creatingFlags = 0x400040;
const notImplemented = 38;

interface Rule {
  readonly names: readonly string[];
  readonly action: "SCMP_ACT_ALLOW" | "SCMP_ACT_ERRNO";
  readonly args?: readonly { index: number; value: number; valueTwo?: number; op: string }[];
  readonly errnoRet?: number;
}

/** What a run may do beyond the narrowest profile. */
export interface SeccompOpenings {
  readonly network: boolean;
  readonly childProcesses: boolean;
  /** Making and changing files. */
  readonly files: boolean;
}

/** The profile as the engine takes it: JSON text. */
export function seccompProfile(options: SeccompOpenings): string {
  const families = options.network ? Object.values(addressFamily) : [];
  const rules: Rule[] = [
    allow([...memory, ...threads, ...signalsAndTime, ...readingAndPipes, ...processes]),
    ...Object.values(ioctlRequests).map((request) => allowWhen("ioctl", { index: 1, value: request })),
    allowWithout("clone", { index: 0, flags: namespaceFlags }),
    options.files ? allow(files) : allowWithout("openat", { index: 2, flags: creatingFlags }),
    // The flags of clone3 are behind a pointer, which a filter can't follow: the C library then uses clone.
    { names: ["clone3"], action: "SCMP_ACT_ERRNO", errnoRet: notImplemented },
    ...(options.network ? [allow(network)] : []),
    ...(options.childProcesses
      ? [allow(joinedPrograms), allowWhen("socketpair", { index: 0, value: addressFamily.unix })]
      : []),
    ...families.map((family) => allowWhen("socket", { index: 0, value: family })),
  ];
  return JSON.stringify({
    defaultAction: "SCMP_ACT_ERRNO",
    defaultErrnoRet: 1,
    archMap: ["SCMP_ARCH_X86_64", "SCMP_ARCH_AARCH64"].map((architecture) => ({
      architecture,
      subArchitectures: [],
    })),
    syscalls: rules,
  });
}

function allow(names: readonly string[]): Rule {
  return { names, action: "SCMP_ACT_ALLOW" };
}

function allowWhen(name: string, { index, value }: { index: number; value: number }): Rule {
  return { names: [name], action: "SCMP_ACT_ALLOW", args: [{ index, value, op: "SCMP_CMP_EQ" }] };
}

/** Allowed when none of the flags is set. */
function allowWithout(name: string, { index, flags }: { index: number; flags: number }): Rule {
  return {
    names: [name],
    action: "SCMP_ACT_ALLOW",
    args: [{ index, value: flags, valueTwo: 0, op: "SCMP_CMP_MASKED_EQ" }],
  };
}
