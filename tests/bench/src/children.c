/* The children that benches start, one for each name that is defined when this is compiled. They have no C library:
   to set one up takes several times as long as to start a program, which would hide what is measured. */

enum {
#if defined(__x86_64__)
  READ = 0, WRITE = 1, NANOSLEEP = 35, CLONE = 56, EXIT = 60
#elif defined(__aarch64__)
  READ = 63, WRITE = 64, NANOSLEEP = 101, CLONE = 220, EXIT = 93
#else
#error "write down the numbers of this processor's system calls, and how it makes them"
#endif
};

static long call(long number, long a, long b, long c) {
  long result;
#if defined(__x86_64__)
  register long d __asm__("r10") = 0;
  register long e __asm__("r8") = 0;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(d), "r"(e)
                   : "rcx", "r11", "memory");
#else
  register long n __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = 0;
  register long x4 __asm__("x4") = 0;
  __asm__ volatile("svc #0" : "+r"(x0) : "r"(n), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory");
  result = x0;
#endif
  return result;
}

__attribute__((noreturn)) static void leave(long code) {
  for (;;) call(EXIT, code, 0, 0);
}

__attribute__((unused)) static void say(const char *bytes, long length) {
  while (length > 0) {
    long written = call(WRITE, 1, (long)bytes, length);
    if (written < 0) leave(1);
    bytes += written;
    length -= written;
  }
}

__attribute__((unused)) static void nap(long seconds) {
  long time[2] = {seconds, 0};
  call(NANOSLEEP, (long)time, 0, 0);
}

#define CHUNK (1 << 18)
__attribute__((unused)) static volatile char chunk[CHUNK];

void _start(void) {
#if defined(TINY) /* ends at once */
#elif defined(HI) /* says hi */
  say("hi\n", 3);
#elif defined(FLOOD) /* prints 256 MiB */
  for (long i = 0; i < CHUNK; i++) chunk[i] = 'x';
  for (long i = 0; i < 1024; i++) say((const char *)chunk, CHUNK);
#elif defined(PASS) /* prints what it reads */
  for (long read; (read = call(READ, 0, (long)chunk, CHUNK)) != 0;) {
    if (read < 0) leave(1);
    say((const char *)chunk, read);
  }
#elif defined(DRAIN) /* reads all, and fails if that is not 256 MiB */
  long all = 0;
  for (long read; (read = call(READ, 0, (long)chunk, CHUNK)) != 0; all += read)
    if (read < 0) leave(1);
  leave(all != 256L << 20);
#elif defined(LINES) /* prints five million lines, each of 15 letters */
  for (long i = 0; i < CHUNK; i++) chunk[i] = i % 16 == 15 ? '\n' : 'x';
  const long all = 5000000L * 16;
  for (long i = 0; i < all / CHUNK; i++) say((const char *)chunk, CHUNK);
  say((const char *)chunk, all % CHUNK);
#elif defined(NAP) /* lives for two seconds */
  nap(2);
#elif defined(FAMILY) /* makes another process; each says a line, and stays */
  call(CLONE, 17 /* SIGCHLD */, 0, 0);
  say("u\n", 2);
  for (;;) nap(1000);
#else
#error "define which child it is to be"
#endif
  leave(0);
}
