#!/usr/bin/env bash
# Mutation testing of the judgement: a random sample of changed operators and
# replaced functions, each of which some test has to notice.
#
#   tests/heavy/mutants.sh [COUNT [SEED]]     300 of seed 2019 unless told
#
# About a quarter of a minute a mutant where cargo-nextest, which stops at the
# first test that fails, is installed, half a minute elsewhere. Those that the
# quick tests do not notice, or on which they hang, are tried again with all
# tests; `target/mutants/missed.txt` names what none noticed. More than two in a
# hundred are a failure. Stopped halfway, `target/mutants/quick/mutants.out/`
# says how far it came.
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

# Tests of what is told, saved and compared: slow, and seldom the first to fail.
slow=(verify:: tamper:: forged:: freeze:: clock:: damage:: tidy:: history:: scenario:: robustness::
  margin:: samples:: every_unit_of_the_sample_gets draws_without_uncertainty)
if cargo nextest --version >/dev/null 2>&1; then
  tool=(--test-tool nextest)
  quick=(--lib --test it -E "not ($(printf 'test(%s) or ' "${slow[@]}")none())")
else
  tool=()
  quick=(--lib --test it -- $(printf -- '--skip %s ' "${slow[@]}"))
fi

out=target/mutants
rm -rf $out
mkdir -p $out
export CARGO_PROFILE_DEV_DEBUG=0 CARGO_PROFILE_TEST_DEBUG=0 CARGO_INCREMENTAL=1

# `try NAMES FOLDER SECONDS ARGS…`: the mutants named in a file, with these tests.
try() {
  local chosen=() pattern code=0
  while IFS= read -r pattern; do
    chosen+=(--re "$pattern")
  done < <(python3 -c '
import re, sys
# One whole name each; signs by their numbers, since `\\<` is no `<`.
for name in open(sys.argv[1]):
    print("^" + re.sub(r"[^\w ]", lambda it: "\\x{%X}" % ord(it[0]), name.rstrip("\n")) + "$")
' "$1")
  # 2: some were missed; 3: some took too long.
  cargo mutants "${tool[@]}" --no-shuffle --output "$2" --timeout "$3" "${rooms[@]}" "${chosen[@]}" -- "${@:4}" || code=$?
  case $code in 0 | 2 | 3) ;; *) return $code ;; esac
}

# The program tries every `delete field` whatever it is asked for.
cargo mutants --list "${rooms[@]}" | sort -u | grep -v ": delete field" |
  python3 -c '
import random, sys
names = sys.stdin.read().splitlines()
count = min(int(sys.argv[1]), len(names))
print(*sorted(random.Random(int(sys.argv[2])).sample(names, count)), sep="\n")
' "$count" "$seed" >$out/chosen.txt
try $out/chosen.txt $out/quick 90 "${quick[@]}"
tried=$(cat $out/quick/mutants.out/{caught,missed,timeout,unviable}.txt | wc -l)
[ "$tried" -ge "$(wc -l <$out/chosen.txt)" ] || { echo "only $tried of $count were tried" >&2; exit 1; }

cat $out/quick/mutants.out/{missed,timeout}.txt >$out/again.txt
cp $out/again.txt $out/missed.txt
if [ -s $out/again.txt ]; then
  try $out/again.txt $out/whole 400
  cp $out/whole/mutants.out/missed.txt $out/missed.txt
fi
missed=$(wc -l <$out/missed.txt)
echo "$tried mutants, $missed not noticed"
cat $out/missed.txt
[ $((missed * 100)) -le $((tried * most_missed)) ]
