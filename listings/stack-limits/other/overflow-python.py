#@ tool: python3 3.9..3.14
#@ varies depth: caught at depth (\d+) in 900..1100
#@ proves 5.34: RecursionError
deepest = 0


# ANCHOR: body
def depth(inside, folder, level):
    global deepest
    deepest = level
    return 1 + depth(inside, inside[folder], level + 1)


# Folder 2 holds a link, and the link leads back to folder 0.
inside = [1, 2, 0]
print("looking for the bottom ...")
try:
    print(depth(inside, 0, 1), "folders deep")
except RecursionError as error:
    print(type(error).__name__, "caught at depth", deepest)
print("and the program goes on")
# ANCHOR_END: body
