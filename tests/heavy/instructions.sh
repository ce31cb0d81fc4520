#!/usr/bin/env bash
# A gate on speed that needs no quiet machine: instructions for reading 45 forms
# with one thread, over instructions for tokenising the same bytes. Fails when
# the ratio is more than a twentieth above the one recorded in
# benches/instructions.txt.
set -euo pipefail
cd "$(dirname "$0")/../.."
bench=$(python3 tests/heavy/bench.py batch)
round=target/tmp/round-instructions
"$bench" make $round 45

count() { # count WORD FOLDER: instructions of one piece of work
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$bench" "$1" "$2" 2>&1 |
    sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

read=$(count read $round)
tokenise=$(count tokenise $round/nop)
recorded=$(grep -v '^#' benches/instructions.txt)
python3 - "$read" "$tokenise" "$recorded" <<'END'
import sys
read, tokenise, recorded = map(float, sys.argv[1:])
ratio = read / tokenise
print(f"instructions: read / tokenise = {ratio:.3f} (recorded {recorded:.3f})")
sys.exit(ratio > recorded * 1.05)
END
