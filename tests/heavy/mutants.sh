#!/usr/bin/env bash
# Mutation testing of the judgement: a random sample of changed operators and
# replaced functions, each of which some test has to notice.
#
#   tests/heavy/mutants.sh [COUNT [SEED]]     300 of seed 2019 unless told
#
# Takes about a minute a mutant. `target/mutants/mutants.out/missed.txt` names
# those that no test noticed; more than two in a hundred are a failure.
set -euo pipefail
cd "$(dirname "$0")/../.."
count=${1:-300} seed=${2:-2019}
most_missed=2 # in a hundred

cargo mutants --version >/dev/null 2>&1 || cargo install --quiet --locked cargo-mutants

rooms=()
for room in points round form appraisal survey score rank award tally; do
  if [ -d "src/$room" ]; then
    rooms+=(--file "src/$room/**/*.rs")
  else
    rooms+=(--file "src/$room.rs")
  fi
done

# As patterns that fit one whole name each.
sample=$(cargo mutants --list "${rooms[@]}" | python3 -c '
import random, re, sys
names = sys.stdin.read().splitlines()
count = min(int(sys.argv[1]), len(names))
for name in sorted(random.Random(int(sys.argv[2])).sample(names, count)):
    print("^" + re.sub(r"([^\w\s])", r"\\\1", name) + "$")
' "$count" "$seed")
chosen=()
while IFS= read -r pattern; do
  chosen+=(--re "$pattern")
done <<<"$sample"

rm -rf target/mutants
mkdir -p target/mutants
# 2: some were missed; 3: some took too long. Both are counted below.
code=0
cargo mutants --no-shuffle --output target/mutants "${rooms[@]}" "${chosen[@]}" || code=$?
case $code in 0 | 2 | 3) ;; *) exit $code ;; esac

out=target/mutants/mutants.out
tried=$(cat $out/{caught,missed,timeout}.txt | wc -l)
missed=$(wc -l <$out/missed.txt)
echo "$tried mutants, $missed not noticed"
cat $out/missed.txt
[ $((missed * 100)) -le $((tried * most_missed)) ]
