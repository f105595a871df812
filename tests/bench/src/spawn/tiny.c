/* The smallest program that a bench can start: it ends at once, and has not even a C library to set up. */
void _start(void) {
#if defined(__x86_64__)
  __asm__ volatile("syscall" : : "a"(60), "D"(0));
#elif defined(__aarch64__)
  register long number __asm__("x8") = 93;
  register long code __asm__("x0") = 0;
  __asm__ volatile("svc #0" : : "r"(number), "r"(code));
#else
#error "write down this processor's system call that ends a process"
#endif
  __builtin_unreachable();
}
