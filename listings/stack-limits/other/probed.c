//@ tool: gcc 9..16
//@ cflags: -O2 -fstack-clash-protection
//@ asm: copy_block
//@ run: no
#include "unprobed.c"
