#!/usr/bin/env bash
# Fuzzes one target for so many seconds, then judges its slowest inputs.
#
#   fuzz/run.sh TARGET SECONDS
#
# While fuzzing, only ten seconds are a hang: the address sanitizer costs several
# times the time, and the machine may be busy. What took a second or more is
# kept and run again by itself; a second in the quickest of five runs, with the
# sanitizer still there, is a failure as a crash is.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$1
kept=fuzz/artifacts/$target
# A stable compiler serves as well as a nightly one when told so.
export RUSTC_BOOTSTRAP=1

mkdir -p "$kept"
rm -f "$kept"/slow-unit-*
seeds=$(fuzz/seeds.sh "$target")
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086 # several folders
cargo fuzz run "$target" $seeds -- -max_total_time="$2" -timeout=10 -report_slow_units=1 \
  -rss_limit_mb=4096 -print_final_stats=1 >"$log" 2>&1 || { tail -n 60 "$log"; exit 1; }

slowest=0
for input in "$kept"/slow-unit-*; do
  [ -e "$input" ] || continue
  quickest=$(for _ in 1 2 3 4 5; do
    cargo fuzz run "$target" "$input" 2>&1 | sed -n 's/^Executed .* in \([0-9]*\) ms$/\1/p'
  done | sort -n | sed -n 1p)
  [ "$quickest" -le $slowest ] || slowest=$quickest
  [ "$quickest" -lt 1000 ] || { echo "$target: $input takes $quickest ms"; exit 1; }
done
runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
seconds=$(sed -n 's/^stat::slowest_unit_time_sec: *//p' "$log")
echo "$target: $runs executions, the slowest $seconds s while fuzzing;" \
  "what took a second or more took $slowest ms by itself"
