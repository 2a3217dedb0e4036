"""Classroom 50 calls this once for each submission, in the student's checkout, and reads `result.json` from there.

It needs `wdl`, this repository and the set where the job runs: in a container made from `teaching/container/Dockerfile`, or on a
runner of your own. Suites do not belong beside this file: what lies there is published.
"""

import os
import subprocess

book = os.environ.get("WDL_BOOK", "/opt/where-data-lives")
checkout = os.getcwd()
# The time of submission is that of the commit. Grading again does not change it.
command = ["git", "-c", f"safe.directory={checkout}", "log", "-1", "--format=%cI"]
submitted = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
subprocess.run(
    ["wdl", "autograde", os.environ.get("WDL_SET", f"{book}-set"), checkout, "--format", "classroom50"]
    + ["--output", f"{checkout}/result.json", "--submitted", submitted],
    cwd=book,
    check=True,
)
