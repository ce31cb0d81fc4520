"""Runs the program on many random rounds and recomputes each.

`python3 tests/generators/random_rounds.py N SEED` makes N rounds, from seed SEED
up, runs `target/release/cchc` on each and compares with the second
computation. A round that differs is kept and named; the exit code is 1.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from multiprocessing import Pool
from pathlib import Path

import second  # noqa: F401 (first: makes the others importable)
from firm import exact
from random_round import make_round
from recompute import recompute

PROGRAM = Path(__file__).resolve().parents[2] / "target" / "release" / "cchc"
DONE = (0, 1)  # done, perhaps with forms set aside


def cchc(command, folder):
    run = subprocess.run(
        [PROGRAM, command, folder], capture_output=True, text=True, timeout=120, check=False
    )
    if run.returncode not in DONE:
        said = f"{run.stdout}{run.stderr}"
        raise RuntimeError(f"cchc {command} {folder}: mã {run.returncode}\n{said}")


def try_round(seed_and_top):
    """The differences of one round, and where it lies when there are any."""
    seed, top = seed_and_top
    folder = Path(top) / f"vong-{seed}"
    try:
        make_round(seed, folder, cchc)
        cchc("run", folder)
        found = recompute(folder) + exact(folder)
    except Exception as error:  # a crash on one round must not hide the others
        found = [f"{type(error).__name__}: {error}"]
    if not found:
        shutil.rmtree(folder)
    return seed, folder, found


def try_many(try_one, noun):
    """Tries as many as the command line says; `noun` names one of them."""
    if len(sys.argv) != 3:
        sys.exit(sys.modules["__main__"].__doc__)
    count, first = int(sys.argv[1]), int(sys.argv[2])
    top = tempfile.mkdtemp(prefix="cchc-vong-")
    started, bad = time.monotonic(), 0
    with Pool(2) as pool:
        jobs = [(seed, top) for seed in range(first, first + count)]
        for seed, folder, found in pool.imap_unordered(try_one, jobs):
            bad += bool(found)
            if found:
                print(f"{noun} {seed} ({folder}): {len(found)} khác biệt")
                print(*(f"  {line}" for line in found[:20]), sep="\n", flush=True)
    print(f"{count} {noun}, {bad} {noun} khác biệt, {time.monotonic() - started:.0f} giây")
    if not bad:
        shutil.rmtree(top)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    try_many(try_round, "vòng")
