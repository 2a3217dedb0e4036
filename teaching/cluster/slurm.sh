#!/bin/sh
# A class as an array of Slurm jobs on nodes that share a disk. Each has a part; a last job puts the class together.
#
#   teaching/cluster/slurm.sh SET SUBMISSIONS OUT [PARTS]
set -eu

if [ $# -lt 3 ]; then
    echo "usage: $0 SET SUBMISSIONS OUT [PARTS]" >&2
    exit 2
fi
parts=${4:-4}
first="wdl grade '$1' '$2' -o '$3' -j 1 --part \$SLURM_ARRAY_TASK_ID/$parts"
array=$(sbatch --parsable --job-name=grade --array="1-$parts" --cpus-per-task=1 --mem=1G --time=01:00:00 --wrap="$first")
# Also when a part failed: what it left open is graded here.
exec sbatch --parsable --job-name=grade-class --dependency="afterany:$array" --mem=1G --time=01:00:00 \
    --wrap="wdl grade '$1' '$2' -o '$3' --resume"
