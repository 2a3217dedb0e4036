//@ tool: gcc 9..16
//@ cflags: -O0
//@ ends: signal SIGSEGV
//@ proves 5.26: 1000 folders: 500500
#include <stdio.h>

// ANCHOR: body
/* Adds up sizes. The call is the last thing that happens. */
long total(long folders, long sum) {
    return folders == 0 ? sum : total(folders - 1, sum + folders);
}

int main(void) {
    printf("1000 folders: %ld\n", total(1000, 0));
    fflush(stdout);
    printf("10000000 folders: %ld\n", total(10000000, 0));
}
// ANCHOR_END: body
