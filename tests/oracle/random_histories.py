"""Sums up many random histories and recomputes each.

`python3 tests/oracle/random_histories.py N SEED` makes N histories, from seed
SEED up, runs `target/release/cchc summary` on each and compares with the second
computation. A history that differs is kept and named; the exit code is 1.
"""

import shutil
import sys
import tempfile
import time
from multiprocessing import Pool
from pathlib import Path

from random_history import make_history
from random_rounds import cchc
from recompute_history import recompute


def try_history(seed_and_top):
    """The differences of one history, and where it lies when there are any."""
    seed, top = seed_and_top
    folder = Path(top) / f"lich-su-{seed}"
    try:
        make_history(seed, folder)
        cchc("summary", folder)
        found = recompute(folder)
    except Exception as error:  # a crash on one history must not hide the others
        found = [f"{type(error).__name__}: {error}"]
    if not found:
        shutil.rmtree(folder)
    return seed, folder, found


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    count, first = int(sys.argv[1]), int(sys.argv[2])
    top = tempfile.mkdtemp(prefix="cchc-lich-su-")
    started, bad = time.monotonic(), 0
    with Pool(2) as pool:
        jobs = [(seed, top) for seed in range(first, first + count)]
        for seed, folder, found in pool.imap_unordered(try_history, jobs):
            bad += bool(found)
            if found:
                print(f"lịch sử {seed} ({folder}): {len(found)} khác biệt")
                print(*(f"  {line}" for line in found[:20]), sep="\n", flush=True)
    print(f"{count} lịch sử, {bad} khác biệt, {time.monotonic() - started:.0f} giây")
    if not bad:
        shutil.rmtree(top)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
