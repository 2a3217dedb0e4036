//@ tool: gcc 9..16
//@ cflags: -O2
//@ proves 5.26: 10000000 folders: 50000005000000
#include "tail-call-unoptimized.c"
