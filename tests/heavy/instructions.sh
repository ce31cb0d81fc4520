#!/usr/bin/env bash
# Two gates on speed that need no quiet machine: instructions for reading 45
# forms with one thread, and for a whole run on them, over instructions for
# tokenising the same bytes. Fails when a ratio is more than a twentieth above
# the one recorded in benches/instructions.txt.
set -euo pipefail
cd "$(dirname "$0")/../.."
bench=$(python3 tests/heavy/bench.py batch)
round=target/tmp/round-instructions
"$bench" make $round 45

count() { # count PROGRAM WORDS: instructions of one piece of work
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null |
    sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

tokenise=$(count "$bench" tokenise $round/nop)
gate() { # gate WORD INSTRUCTIONS
  recorded=$(sed -n "s/^$1 //p" benches/instructions.txt)
  python3 - "$1" "$2" "$tokenise" "$recorded" <<'END'
import sys
what, (count, tokenise, recorded) = sys.argv[1], map(float, sys.argv[2:])
ratio = count / tokenise
print(f"instructions: {what} / tokenise = {ratio:.3f} (recorded {recorded:.3f})")
sys.exit(ratio > recorded * 1.05)
END
}

gate read "$(count "$bench" read $round)"
gate run "$(count target/release/cchc run --luong 1 $round)"
