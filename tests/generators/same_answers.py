#!/usr/bin/env python3
"""The same answers, saved by five programs, score the same.

    same_answers.py

Takes a filled form of the sample, types its cells into the blank form with
openpyxl, LibreOffice, SheetJS, XlsxWriter and our own writer, runs a round on each, and compares
every item. SheetJS is found through NODE_PATH.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import second  # noqa: F401 (first: makes the others importable)
from sample_save import save_all
from sheets import load

PROGRAM = Path("target/release/cchc").resolve()
SAMPLE = Path("samples/ha-long-2019")
PROGRAMS = ["openpyxl", "libreoffice", "sheetjs", "xlsxwriter", "cchc"]
IDENTITY = "_cchc"


def new_round(folder):
    """The sample's own files, without forms."""
    ignored = shutil.ignore_patterns("nop", "tham-dinh", "khao-sat", "ket-qua", "mau", ".cchc*")
    shutil.copytree(SAMPLE, folder, ignore=ignored)
    return folder


def unit_of(path):
    """The unit that a form was issued to."""
    rows = load(path)[IDENTITY].iter_rows(values_only=True)
    return next(row[1] for row in rows if row[0] == "don-vi")


def scores(folder, unit):
    """What a round makes of a unit's form, item by item."""
    code = subprocess.run([PROGRAM, "run", folder], stdout=subprocess.DEVNULL).returncode
    assert code == 1, f"exit code {code}"  # the other units sent nothing
    record = json.loads((folder / "ket-qua/ket-qua.json").read_text("utf-8"))
    standings = [it for bloc in record["khoi"] for it in bloc["xep-hang"]]
    return next((it for it in standings if it["don-vi"] == unit), None)


def main():
    filled = next(path for path in sorted((SAMPLE / "nop").rglob("*.xlsx")) if "Hà Tu" in path.name)
    unit = unit_of(filled)
    with tempfile.TemporaryDirectory() as place:
        issued = new_round(Path(place) / "phat")
        subprocess.run([PROGRAM, "forms", issued], check=True, stdout=subprocess.DEVNULL)
        blank = issued / "mau" / f"{unit}.xlsx"
        rounds = {name: new_round(Path(place) / name) for name in PROGRAMS}
        answers = lambda: load(filled, values=False)
        save_all([(name, blank, answers(), rounds[name] / "nop/phieu.xlsx") for name in PROGRAMS])
        results = {name: scores(rounds[name], unit) for name in PROGRAMS}
    first = results[PROGRAMS[0]]
    if first is None or len(first["muc"]) < 50:
        sys.exit(f"{PROGRAMS[0]}: {unit} was not scored")
    differing = [name for name in PROGRAMS if results[name] != first]
    print(f"{len(PROGRAMS)} chương trình, {len(first['muc'])} mục, khác nhau: {differing or 'không'}")
    sys.exit(bool(differing))


if __name__ == "__main__":
    main()
