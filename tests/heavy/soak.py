#!/usr/bin/env python3
"""Many forms, and what reading them costs:

    soak.py attacks             a thousand forms and two hundred attacks in one folder
    soak.py flat FEW MANY       memory beside what is held, of FEW and of MANY forms
    soak.py large               ten thousand forms

`attacks` runs in 512 MiB of address space; its time and its largest memory are
printed. Fails when a form is not scored, an attack has no entry, or the limit
of memory ends the run.

`flat` reads FEW and MANY forms of one round and prints the largest heap less the
readings that are held in the end (benches/flat). One thread does it: with more,
chance decides how many forms are at their largest at once. Fails when MANY need
a tenth more of it than FEW, or a tenth less.

`large` fails when a run with two threads holds more than 160 MiB, or one with
eight gives other bytes: its sheets are large enough to be kept on disk.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import bench
from subjects import tree

PROGRAM = Path("target/release/cchc").resolve()
MAKER = Path("tests/attacks/make_attacks.py").resolve()
ROUNDS = Path("target/tmp").resolve()
FORMS = 1000
ATTACKS = 200
ADDRESS_SPACE = 512 << 20
LARGE = 10_000
LARGE_PEAK = 160  # MiB


def limited():
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))


def attacks():
    with tempfile.TemporaryDirectory() as place:
        round_, made = Path(place) / "ky", Path(place) / "attacks"
        subprocess.run([bench.program("batch"), "make", round_, str(FORMS)], check=True)
        subprocess.run([sys.executable, MAKER, made, "--no-fs"], check=True, stdout=subprocess.DEVNULL)
        files = sorted(path for path in (made / "standalone").iterdir() if path.is_file())
        (round_ / "nop/la").mkdir()
        for path in files[:ATTACKS]:
            shutil.copy(path, round_ / "nop/la" / path.name)
        began = time.monotonic()
        done = subprocess.run([PROGRAM, "run", round_], stdout=subprocess.DEVNULL, preexec_fn=limited)
        seconds = time.monotonic() - began
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        assert done.returncode == 1, f"exit code {done.returncode}"
        record = json.loads((round_ / "ket-qua/ket-qua.json").read_text("utf-8"))
        ranked = sum(len(bloc["xep-hang"]) for bloc in record["khoi"])
        entries = sum(1 for it in record["phieu"] if it["tep"].startswith("nop/la/"))
        assert ranked == FORMS, f"{ranked} units ranked"
        assert entries == min(ATTACKS, len(files)), f"{entries} attacks entered"
        print(f"{FORMS} forms, {entries} attacks: {seconds:.1f} s, peak {peak} MiB")


def flat(numbers):
    reader = bench.program("flat")
    few, many = (ROUNDS / f"flat-{number}" for number in numbers)
    subprocess.run([bench.program("batch"), "make", many, str(numbers[1])], check=True)
    shutil.rmtree(few, ignore_errors=True)
    shutil.copytree(many, few, ignore=shutil.ignore_patterns("nop"))
    (few / "nop").mkdir()
    for path in sorted((many / "nop").iterdir())[: numbers[0]]:
        shutil.copy(path, few / "nop")
    beside = []
    for round_, number in zip((few, many), numbers):
        said = subprocess.check_output([reader, round_, "1"], text=True)
        count, held, more = map(int, said.split())
        assert count == number, f"{count} forms read"
        print(f"{count} forms: {more >> 10} KiB beside {held >> 10} KiB held")
        beside.append(more)
    ratio = beside[1] / beside[0]
    assert 0.9 <= ratio <= 1.1, f"not flat: {ratio:.3f}"
    print(f"{numbers[1]} forms need {ratio:.3f} × the memory of {numbers[0]}")


def large():
    round_ = ROUNDS / f"round-{LARGE}"
    subprocess.run([bench.program("batch"), "make", round_, str(LARGE)], check=True)
    results = set()
    for threads in 2, 8:
        command = [PROGRAM, "run", "--luong", str(threads), round_]
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        peak = used.ru_maxrss // 1024
        assert os.waitstatus_to_exitcode(status) == 0, f"exit status {status}"
        print(f"{LARGE} forms, {threads} threads: peak {peak} MiB")
        assert peak <= LARGE_PEAK or threads != 2, f"more than {LARGE_PEAK} MiB"
        results.add(tree(round_ / "ket-qua"))
    assert len(results) == 1, "other bytes with other threads"
    print("same bytes")


def main():
    match sys.argv[1:]:
        case ["attacks"]:
            attacks()
        case ["flat", few, many]:
            flat([int(few), int(many)])
        case ["large"]:
            large()
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    main()
