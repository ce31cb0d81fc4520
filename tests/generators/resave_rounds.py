"""Has LibreOffice save every form of some random rounds again.

`python3 tests/generators/resave_rounds.py SEED…` makes a round of each seed, runs
`target/release/cchc`, saves all its forms again in LibreOffice, which computes
every formula anew, and runs once more; then the same as .ods and as .xls: the
same form saved by another office program, in whichever format, must score the
same, and no formula may differ from its rule. The exit code is 1 when anything
differs.
"""

import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

import second  # noqa: F401 (first: makes the others importable)
from random_round import make_round
from random_rounds import cchc
from recalculate import soffice

FORMATS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods", "xls": "xls:MS Excel 97"}
OTHER_FORMAT = "P013"


def result(folder):
    cchc("run", folder)
    return json.loads((folder / "ket-qua" / "ket-qua.json").read_text("utf-8"))


def resave(folder, temporary, ending):
    forms = [path for path in (folder / "nop").rglob("*.xlsx") if path.name[:2] != "~$"]
    for parent in {path.parent for path in forms}:
        paths = [path for path in forms if path.parent == parent]
        made = temporary / f"made-{ending}"
        soffice(temporary, "--convert-to", FORMATS[ending], "--outdir", made, *paths)
        for path in made.glob(f"*.{ending}"):
            (parent / path.name).with_suffix(".xlsx").unlink()
            shutil.move(path, parent / path.name)


def told(result, ending="xlsx"):
    """Everything but hashes, and that a format is not the usual one."""
    text = json.dumps(result, ensure_ascii=False)
    result = json.loads(re.sub(rf"\.{ending}\b", ".xlsx", text))
    findings = [(it["ma"], it["tep"], it["o"]) for it in result["phat-hien"]]
    findings = [it for it in findings if it[0] != OTHER_FORMAT]
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
            for ending in FORMATS:
                again = Path(temporary) / ending
                shutil.copytree(folder, again)
                resave(again, Path(temporary), ending)
                after = told(result(again), ending)
                differing = [part for part in before if before[part] != after[part]]
                print(f"vòng {seed}, .{ending}: {', '.join(differing) or 'như nhau'}")
                bad += bool(differing)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
