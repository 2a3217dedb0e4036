#!/bin/sh
# A class in several processes of one machine, with GNU parallel.
#
#   teaching/cluster/parallel.sh SET SUBMISSIONS OUT [PARTS]
set -eu

if [ $# -lt 3 ]; then
    echo "usage: $0 SET SUBMISSIONS OUT [PARTS]" >&2
    exit 2
fi
parts=${4:-$(nproc)}
seq "$parts" | parallel --will-cite --halt soon,fail=1 "wdl grade '$1' '$2' -o '$3' -j 1 --part {}/$parts"
# Everything is known by now: this puts the class together.
exec wdl grade "$1" "$2" -o "$3" --resume
