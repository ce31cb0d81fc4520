#!/usr/bin/env python3
"""A thousand forms and two hundred attacks in one folder:

    soak.py BENCH

BENCH is the benchmark's program, which makes the forms (see instructions.sh).
The run has 512 MiB of address space; its time and its largest memory are
printed. Fails when a form is not scored, an attack has no entry, or the limit
of memory ends the run.
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

PROGRAM = Path("target/release/cchc").resolve()
MAKER = Path("tests/attacks/make_attacks.py").resolve()
FORMS = 1000
ATTACKS = 200
ADDRESS_SPACE = 512 << 20


def limited():
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))


def main():
    bench = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as place:
        round_, attacks = Path(place) / "ky", Path(place) / "attacks"
        subprocess.run([bench, "make", round_, str(FORMS)], check=True)
        subprocess.run([sys.executable, MAKER, attacks, "--no-fs"], check=True, stdout=subprocess.DEVNULL)
        files = sorted(path for path in (attacks / "standalone").iterdir() if path.is_file())
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


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    main()
