//@ tool: gcc 9..16
//@ cflags: -O1
//@ asm: digits
//@ proves 5.02, 5.03: 12 digits in a block of 13 bytes
#include <stdio.h>

// ANCHOR: body
/* Writes a size into a block whose length is known only now. */
__attribute__((noinline)) int digits(long size, int length) {
    char block[length];
    return snprintf(block, length, "%ld", size);
}

int main(int argc, char **argv) {
    int length = 12 + argc;
    int written = digits(123456789012, length);
    printf("%d digits in a block of %d bytes\n", written, length);
}
// ANCHOR_END: body
