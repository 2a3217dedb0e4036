#@ tool: python3 3.11..3.14
#@ proves frames-on-the-heap: 1000000 folders deep
#@ value depth: (\d+) folders deep
import resource
import sys

# ANCHOR: body
limit, _ = resource.getrlimit(resource.RLIMIT_STACK)
print("the system's stack limit:", limit // 1024, "KiB")


def depth(folders):
    return 0 if folders == 0 else 1 + depth(folders - 1)


print("Python's own limit:", sys.getrecursionlimit(), "calls")
sys.setrecursionlimit(2_000_000)
print(depth(1_000_000), "folders deep")
# ANCHOR_END: body
