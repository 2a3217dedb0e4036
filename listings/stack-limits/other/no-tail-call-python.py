#@ tool: python3 3.9..3.14
#@ proves 5.29: 100000 folders: RecursionError


# Adds up sizes. The call is the last thing that happens.
def total(folders, sum):
    return sum if folders == 0 else total(folders - 1, sum + folders)


print("100 folders:", total(100, 0))
try:
    print("100000 folders:", total(100_000, 0))
except RecursionError as error:
    print("100000 folders:", type(error).__name__)
