"""Sums up many random histories and recomputes each.

`python3 tests/generators/random_histories.py N SEED` makes N histories, from seed
SEED up, runs `target/release/cchc summary` on each and compares with the second
computation. A history that differs is kept and named; the exit code is 1.
"""

import shutil
from pathlib import Path

import second  # noqa: F401 (first: makes the others importable)
from random_history import make_history
from random_rounds import cchc, try_many
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


if __name__ == "__main__":
    try_many(try_history, "lịch sử")
