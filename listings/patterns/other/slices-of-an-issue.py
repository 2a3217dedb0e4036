#@ tool: python3 3.9..3.14
#@ varies copied: sliced: (\d+) bytes in 900000..1100000
#@ varies viewed: viewed: (\d+) bytes in 0..20000
#@ varies listed: from a list: (\d+) bytes in 800000..9000000
#@ varies fed: from a generator: (\d+) bytes in 0..20000
#@ proves 15.12: the same bytes: True
# ANCHOR: body
import tracemalloc


def highest(work):
    """How many bytes were in use at most, beyond those before."""
    tracemalloc.start()
    result = work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return result, peak


issue = bytearray(b"article " * 250_000)
half = len(issue) // 2
copy, copied = highest(lambda: issue[half:])
view, viewed = highest(lambda: memoryview(issue)[half:])
print("sliced:", copied, "bytes")
print("viewed:", viewed, "bytes")
print("the same bytes:", copy == view)
try:
    issue.append(0)
except BufferError as error:
    print(type(error).__name__)

total, listed = highest(lambda: sum([n * n for n in range(100_000)]))
same, fed = highest(lambda: sum(n * n for n in range(100_000)))
print("from a list:", listed, "bytes")
print("from a generator:", fed, "bytes")
# ANCHOR_END: body
assert total == same
assert viewed * 10 < copied
assert fed * 10 < listed
