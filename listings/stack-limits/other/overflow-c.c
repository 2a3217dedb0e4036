//@ tool: gcc 9..16
//@ cflags: -O0
//@ ends: signal SIGSEGV
//@ proves 5.34: looking for the bottom
#include <stdio.h>

// ANCHOR: body
long depth(const int *inside, int folder) {
    volatile char name[64] = {0};
    long below = depth(inside, inside[folder]);
    return below + 1 + name[0];
}

int main(void) {
    /* Folder 2 holds a link, and the link leads back to folder 0. */
    const int inside[] = {1, 2, 0};
    printf("looking for the bottom ...\n");
    fflush(stdout);
    printf("%ld folders deep\n", depth(inside, 0));
}
// ANCHOR_END: body
