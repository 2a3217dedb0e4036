//@ tool: gcc 9..16
//@ cflags: -O2 -fno-stack-clash-protection
//@ asm: copy_block
//@ run: no
//@ value frame: sub +rsp, (\d+)
void fill(char *block, long bytes);

/* Copies through a block of 100 000 bytes. */
char copy_block(long at) {
    char block[100000];
    fill(block, at);
    return block[at];
}
