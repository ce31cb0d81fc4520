#!/usr/bin/env python3
"""Breaks commands on purpose and looks at what is left.

After every fault what the command writes must be the old or the new, whole, and
the next one must work without hands and give the new.

    faults.py kills N        N kills at random times
    faults.py steps N        a kill at each of N of the system calls that write
    faults.py failures N     one of them fails, at N places
    faults.py full           the disk is full (small tmpfs; needs root)
    faults.py readonly       the folder cannot be written (tmpfs; needs root)
    faults.py together N     two at once, N times
    faults.py changing N     forms change while they are read, N times
    faults.py memory N       N address spaces from too small to ample
    faults.py clock          clocks that are wrong, race or stand still

`--command freeze` does it to the publication instead of the results. The N
places are spread evenly over all calls that write; N beyond their number means
each. `steps` and `failures` need strace, which injects the faults; `clock`
needs faketime.
"""

import argparse
import collections
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from subjects import SUBJECTS

# Opening is left out: an input that cannot be opened is set aside, which is
# neither a failure nor the result of sound inputs.
CALLS = "write,rename,renameat,renameat2,link,linkat,mkdir,unlink,unlinkat,rmdir,fsync"

# What Rust does when the allocator has nothing left.
ABORTED = -6


def kills(subject, count):
    """Kills at random moments."""
    subject.reset()
    began = time.monotonic()
    subject.act()
    whole = time.monotonic() - began
    seen = collections.Counter()
    for number in range(count):
        subject.reset()
        process = subprocess.Popen(subject.command(), stdout=subprocess.DEVNULL)
        time.sleep(random.uniform(0, whole * 1.1))
        process.kill()
        process.wait()
        seen[subject.check(f"kill {number}")] += 1
    print(f"{subject.name}: {count} kills: {dict(seen)}")


def calls_that_write(subject):
    """How many calls of `CALLS` the busiest thread of the command makes."""
    subject.reset()
    with tempfile.NamedTemporaryFile("r") as log:
        subject.act(["strace", "-f", "-qq", "-o", log.name, "-e", f"trace={CALLS}"], ["--luong", "1"])
        begun = (line.split()[0] for line in log if "(" in line and "resumed" not in line)
        return max(collections.Counter(begun).values())


def injected(subject, count, fault, what):
    """One fault at each of `count` of the calls that write."""
    whole = calls_that_write(subject)
    count = min(count, whole)
    places = sorted({round(1 + at * (whole - 1) / max(1, count - 1)) for at in range(count)})
    seen = collections.Counter()
    for number in places:
        subject.reset()
        inject = f"inject={CALLS}:{fault}:when={number}"
        prefix = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={CALLS}", "-e", inject]
        done = subject.act(prefix, ["--luong", "1"])
        state = subject.check(f"{what} {number}")
        if done.returncode == 2 and state == "new":
            sys.exit(f"{what} {number}: exit code 2, yet the new is there")
        seen[state] += 1
    print(f"{subject.name}: {len(places)} × {what}, of {whole} calls: {dict(seen)}")


def on_tmpfs(kind, size, act):
    """Calls `act` with a subject on a tmpfs of `size`, and its folder."""
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], check=True)
        try:
            act(kind(Path(place)), Path(place))
        finally:
            subprocess.run(["umount", place], check=True)


def full(kind):
    """A disk without room for anything new."""

    def act(subject, place):
        subject.reset()
        with open(place / "ballast", "ab", buffering=0) as ballast:
            try:
                while True:
                    ballast.write(b"\0" * 65536)
            except OSError:
                pass
        done = subject.act()
        assert done.returncode == 2, done.stdout
        assert "đĩa đầy" in done.stdout, done.stdout
        assert subject.state() == "old", "full disk: not the old"
        (place / "ballast").unlink()
        subject.check("full disk")

    on_tmpfs(kind, "24m", act)
    print(f"{kind.name}: full disk: exit code 2, the old whole")


def readonly(kind):
    """A round's folder that cannot be written."""

    def act(subject, place):
        subject.reset()
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        done = subject.act()
        subprocess.run(["mount", "-o", "remount,rw", place], check=True)
        assert done.returncode == 2 and "chỉ đọc" in done.stdout, done.stdout
        assert subject.state() == "old", "read-only folder: not the old"
        subject.check("read-only folder")

    on_tmpfs(kind, "64m", act)
    print(f"{kind.name}: read-only folder: exit code 2, the old whole")


def together(subject, count):
    """Two at once: one works, the other says so or comes after."""
    for number in range(count):
        subject.reset()
        both = [
            subprocess.Popen(subject.command(), stdout=subprocess.PIPE, text=True) for _ in range(2)
        ]
        said = [process.communicate()[0] for process in both]
        codes = sorted(process.returncode for process in both)
        assert codes in subject.twice, (codes, said)
        if codes == [0, 2]:
            assert any(why in text for text in said for why in subject.busy), said
        subject.check(f"two at once {number}")
    print(f"{subject.name}: {count} × two at once: one outcome, whole")


def changing(subject, count):
    """Forms that grow, vanish, come back and change their age while they are
    read."""
    forms = sorted((subject.folder / "nop").rglob("*.xlsx"))
    for number in range(count):
        subject.reset()
        stop = threading.Event()

        def meddle():
            while not stop.is_set():
                path = random.choice(forms)
                whole = path.read_bytes()
                if random.random() < 0.2:
                    moment = random.choice([0, 86_400, 4_102_444_800])
                    os.utime(path, (moment, moment))
                    continue
                path.write_bytes(whole[: len(whole) // 2])
                time.sleep(0.002)
                if random.random() < 0.3:
                    path.unlink()
                    time.sleep(0.002)
                path.write_bytes(whole)

        meddler = threading.Thread(target=meddle)
        meddler.start()
        done = subject.act()
        stop.set()
        meddler.join()
        subject.survived(done, f"run {number}")
    print(f"{subject.name}: {count} × forms changing meanwhile: nothing lost, the next one right")


def memory(subject, count):
    """Address spaces (`ulimit -v`) from too small to begin with to ample."""
    seen = collections.Counter()
    for number in range(count):
        mebibytes = 24 + number * (400 - 24) // max(1, count - 1)

        def limited(limit=mebibytes << 20):
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        subject.reset()
        done = subject.act(preexec_fn=limited)
        what = f"{mebibytes} MiB of address space"
        if done.returncode not in (0, 2, ABORTED):
            sys.exit(f"{what}: exit code {done.returncode}\n{done.stdout}")
        if done.returncode == 2 and "bộ nhớ" not in done.stdout:
            sys.exit(f"{what}: exit code 2 without the reason\n{done.stdout}")
        if "panicked" in done.stdout:
            sys.exit(f"{what}: a panic was printed\n{done.stdout}")
        state = subject.check(what)
        if (done.returncode == 0) != (state == "new"):
            sys.exit(f"{what}: exit code {done.returncode} with the {state}")
        word = {0: "done", 2: "refused", ABORTED: "ended by the allocator"}[done.returncode]
        seen[word] += 1
    if seen["done"] == 0:
        sys.exit("not even the largest address space was enough")
    print(f"{subject.name}: {count} address spaces from 24 to 400 MiB: {dict(seen)}")


def clock(subject):
    """The wall clock wrong from one run to the next, and within one; the ages
    of all files wrong."""
    # The times of files are left alone: in a real folder they do not move with
    # a clock that jumps.
    world = {**os.environ, "NO_FAKE_STAT": "1", "DONT_FAKE_MONOTONIC": "1"}
    clocks = [
        "@1970-01-01 00:00:01",
        "@2038-01-19 03:14:08",
        "@1999-12-31 23:59:59",
        "@2105-06-01 00:00:00",
        "+0 x1000000",
        "-20y x0.000001",
        "@2000-01-01 00:00:00 i3600",
    ]
    for faked in clocks:
        subject.reset()
        done = subject.act(["faketime", "-f", faked], env=world)
        if done.returncode != 0 or subject.state() != "new":
            sys.exit(f"clock {faked}: exit code {done.returncode}\n{done.stdout}")
        subject.check(f"clock {faked}")
    for moment in (0, 315_532_800, 4_102_444_800):
        subject.reset()
        for path in subject.folder.rglob("*"):
            os.utime(path, (moment, moment))
        done = subject.act()
        if done.returncode != 0 or subject.state() != "new":
            sys.exit(f"files of {moment} s: exit code {done.returncode}\n{done.stdout}")
        subject.check(f"files of {moment} s")
    print(f"{subject.name}: {len(clocks)} wrong clocks, 3 wrong ages of files: the same bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what")
    parser.add_argument("count", type=int, nargs="?", default=20)
    parser.add_argument("--command", choices=SUBJECTS, default="run")
    parser.add_argument("--seed", type=int, default=2019)
    args = parser.parse_args()
    random.seed(args.seed)
    kind = SUBJECTS[args.command]
    if args.what in ("full", "readonly"):
        {"full": full, "readonly": readonly}[args.what](kind)
        return
    with tempfile.TemporaryDirectory() as place:
        subject = kind(Path(place))
        match args.what:
            case "kills":
                kills(subject, args.count)
            case "steps":
                injected(subject, args.count, "signal=SIGKILL", "kill at a step")
            case "failures":
                injected(subject, args.count, "error=ENOSPC", "failing call")
            case "together":
                together(subject, args.count)
            case "changing":
                changing(subject, args.count)
            case "memory":
                memory(subject, args.count)
            case "clock":
                clock(subject)
            case other:
                parser.error(f"unknown fault: {other}")


if __name__ == "__main__":
    main()
