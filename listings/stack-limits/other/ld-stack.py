#@ tool: python3 3.9..3.14
#@ tool: gcc 9..16
#@ proves 5.19: unrecognized option '--stack'
import pathlib
import re
import subprocess
import tempfile


# ANCHOR: body
def build(option):
    """Compiles a small C program: how gcc ended, and what the linker said."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "walker.c")
        source.write_text("int main(void) { return 0; }\n")
        program = pathlib.Path(folder, "walker")
        command = ["gcc", option, "-o", program, source]
        gcc = subprocess.run(command, capture_output=True, text=True)
    complaint = re.search("unrecognized option '.*'", gcc.stderr)
    return gcc.returncode, complaint[0] if complaint else "no complaint"


for option in ["-O1", "-Wl,--stack,16777216"]:
    status, complaint = build(option)
    print(f"gcc {option}: exit {status}, {complaint}")
# ANCHOR_END: body
assert status != 0
