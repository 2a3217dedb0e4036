//@ tool: java 17..26
//@ memory: 64 GiB
//@ proves 5.29: 1000000 folders: StackOverflowError
class Totals {
    // Adds up sizes. The call is the last thing that happens.
    static long total(long folders, long sum) {
        return folders == 0 ? sum : total(folders - 1, sum + folders);
    }

    public static void main(String[] arguments) {
        System.out.println("1000 folders: " + total(1_000, 0));
        try {
            System.out.println("1000000 folders: " + total(1_000_000, 0));
        } catch (StackOverflowError error) {
            System.out.println("1000000 folders: StackOverflowError");
        }
    }
}
