"""Has LibreOffice save every form of some random rounds again.

`python3 tests/generators/resave_rounds.py SEED…` makes a round of each seed, runs
`target/release/cchc`, saves all its forms again in LibreOffice, which computes
every formula anew, and runs once more: the same form saved by another office
program must score the same, and no formula may differ from its rule. The exit
code is 1 when anything differs.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import second  # noqa: F401 (first: makes the others importable)
from random_round import make_round
from random_rounds import cchc
from recalculate import soffice


def result(folder):
    cchc("run", folder)
    return json.loads((folder / "ket-qua" / "ket-qua.json").read_text("utf-8"))


def resave(folder, temporary):
    forms = [path for path in (folder / "nop").rglob("*.xlsx") if path.name[:2] != "~$"]
    for parent in {path.parent for path in forms}:
        paths = [path for path in forms if path.parent == parent]
        made = temporary / "made"
        convert_to = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", made]
        soffice(temporary, *convert_to, *paths)
        for path in made.glob("*.xlsx"):
            shutil.move(path, parent / path.name)


def told(result):
    """Everything but hashes."""
    findings = [(it["ma"], it["tep"], it["o"]) for it in result["phat-hien"]]
    return {"khoi": result["khoi"], "khen": result["khen-thuong"], "phat-hien": findings}


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    bad = 0
    for seed in map(int, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / "vong"
            make_round(seed, folder, cchc)
            before = told(result(folder))
            resave(folder, Path(temporary))
            after = told(result(folder))
        differing = [part for part in before if before[part] != after[part]]
        print(f"vòng {seed}: {', '.join(differing) or 'như nhau'}")
        bad += bool(differing)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
