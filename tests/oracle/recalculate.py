"""Recalculates workbooks from scratch in LibreOffice and compares.

`python3 tests/oracle/recalculate.py FILE.xlsx…` opens each workbook with a
profile that throws every stored result away, and checks that each formula cell
comes to the value the program stored in it: numbers within 1e-9, texts equal.
Prints each difference; the exit code is 1 when there is any.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from sheets import load

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
 <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
  <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
 <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
  <prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
NEAR = 1e-9


def soffice(folder, *arguments):
    """Runs LibreOffice headless with a profile of its own under `folder`."""
    user = folder / "profile" / "user"
    if not user.exists():
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, "utf-8")
    profile = f"-env:UserInstallation={user.parent.resolve().as_uri()}"
    command = ["soffice", profile, "--headless", *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)


def recalculated(path, folder):
    """The workbook after a full recalculation."""
    made = folder / "recalculated"
    soffice(folder, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", made, path)
    return load(made / path.name)


def differences(path, folder):
    """Yields a line for each formula cell whose stored value is not its result."""
    stored, formulas, anew = load(path), load(path, values=False), recalculated(path, folder)
    count = 0
    for sheet in formulas.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            count += 1
            was = stored[sheet.title][cell.coordinate].value
            now = anew[sheet.title][cell.coordinate].value
            if not is_same(was, now):
                yield f"{path}: {sheet.title}!{cell.coordinate}: lưu {was!r}, tính lại {now!r}"
    print(f"{path}: {count} công thức")


def is_same(was, now):
    if isinstance(was, (int, float)) and isinstance(now, (int, float)):
        return abs(was - now) <= NEAR
    empty = (None, "")
    return was == now or (was in empty and now in empty)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    found = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in map(Path, sys.argv[1:]):
            for line in differences(path, Path(folder)):
                print(line)
                found += 1
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
