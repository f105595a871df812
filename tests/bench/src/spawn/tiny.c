/* The smallest program that a bench can start. */
int main(void) { return 0; }
