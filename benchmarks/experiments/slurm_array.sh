#!/bin/bash
# A sweep as a Slurm job array. Each task computes its shard of the trials, saves it every ten minutes, stops before its
# time is over, and queues itself again until it is done. Then one more job adds the shards up:
#
#   job=$(sbatch --parsable --array=0-15 benchmarks/experiments/slurm_array.sh results/paper \
#         --config benchmarks/experiments/paper.toml --trials 1e9)
#   sbatch --dependency=afterok:"$job" --wrap 'logmargin merge results/paper/whole results/paper/shard-*'
#
# A task that failed is done again by the same script with the array as it was, or alone: logmargin sweep with the same
# options and --shard I/N in words. Other batch systems have other names for the same, as in --shard
# "$PBS_ARRAY_INDEX/16" or --shard "$((SGE_TASK_ID - 1))/16".
#SBATCH --job-name=logmargin
#SBATCH --cpus-per-task=8
#SBATCH --time=04:00:00
#SBATCH --open-mode=append
set -u
folder=$1
shift

"${LOGMARGIN:-logmargin}" sweep "$@" --quiet --threads "${SLURM_CPUS_PER_TASK:-all}" \
  --shard auto --out "$folder/shard-$SLURM_ARRAY_TASK_ID" --resume --checkpoint-every 10m --max-time "${MAX_TIME:-3h50m}"
status=$?
# Stopped by --max-time, and well.
if [ "$status" -eq 75 ]; then
  exec scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
fi
exit "$status"
