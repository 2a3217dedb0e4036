//@ tool: java 17..26
//@ memory: 64 GiB
//@ varies depth: caught at depth (\d+) in 3000..200000
//@ proves 5.34: StackOverflowError
class Walker {
    static long deepest = 0;

    // ANCHOR: body
    static long depth(int[] inside, int folder, long level) {
        deepest = level;
        return 1 + depth(inside, inside[folder], level + 1);
    }

    public static void main(String[] arguments) {
        // Folder 2 holds a link, and the link leads back to folder 0.
        int[] inside = {1, 2, 0};
        System.out.println("looking for the bottom ...");
        try {
            System.out.println(depth(inside, 0, 1) + " folders deep");
        } catch (StackOverflowError error) {
            String name = error.getClass().getSimpleName();
            System.out.println(name + " caught at depth " + deepest);
        }
        System.out.println("and the program goes on");
    }
    // ANCHOR_END: body
}
