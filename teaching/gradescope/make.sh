#!/bin/sh
# Packs an autograder for Gradescope: this repository as it is committed, and a set.
#
#   teaching/gradescope/make.sh SET autograder.zip
#
# The set may hold private suites, and it holds a secret: the archive is for Gradescope and nobody else. The class list stays here.
set -eu

if [ $# -ne 2 ] || [ ! -f "$1/set.toml" ]; then
    echo "usage: $0 SET OUT.zip, where SET is a folder with a set.toml" >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
out=$(realpath "$2")
set_folder=$(realpath "$1")
cd "$here/../.."

set -- --format=zip --output="$out" --prefix= --add-file="$here/setup.sh" --add-file="$here/run_autograder"
list=$(mktemp)
trap 'rm -f "$list"' EXIT
(cd "$set_folder" && find . -type f ! -path './graded/*' ! -name '*.csv' | LC_ALL=C sort) > "$list"
while IFS= read -r file; do
    folder=$(dirname "${file#./}")
    [ "$folder" = . ] && prefix=set/ || prefix="set/$folder/"
    set -- "$@" --prefix="$prefix" --add-file="$set_folder/$file"
done < "$list"
git archive "$@" --prefix=book/ HEAD
echo "$out"
