#!/usr/bin/env bash
# What cchc verify says of a round, of its workbooks saved again by LibreOffice,
# and of one that LibreOffice saved with a cell changed: verify.sh ROUND
set -euo pipefail
cd "$(dirname "$0")/../.."
round=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

resave() { # resave FILE FOLDER
  soffice "-env:UserInstallation=file://$work/profile" --headless \
    --convert-to 'xlsx:Calc MS Excel 2007 XML' --outdir "$2" "$1" >/dev/null 2>&1
}

target/release/cchc verify "$round" >"$work/round.txt"
for name in Tong-hop-2019 Khen-thuong-2019; do
  resave "$round/ket-qua/$name.xlsx" "$work"
  ! cmp --quiet "$round/ket-qua/$name.xlsx" "$work/$name.xlsx"
  target/release/cchc verify "$work/$name.xlsx" --voi "$round" >"$work/said.txt"
  grep --quiet "mọi ô đều bằng nhau, chỉ cách lưu tệp khác" "$work/said.txt"
done

python3 - "$work/Tong-hop-2019.xlsx" "$work/changed.xlsx" <<'PYTHON'
"""Puts a digit before the first stored decimal of the first sheet with one."""
import re
import sys
import zipfile

with zipfile.ZipFile(sys.argv[1]) as old, zipfile.ZipFile(sys.argv[2], "w") as new:
    changed = 0
    for name in sorted(old.namelist()):
        data = old.read(name)
        if name.startswith("xl/worksheets/sheet") and not changed:
            data, changed = re.subn(rb"<v>(\d+\.\d+)</v>", rb"<v>7\1</v>", data, count=1)
        new.writestr(name, data)
    assert changed
PYTHON
code=0
target/release/cchc verify "$work/changed.xlsx" --voi "$round" >"$work/said.txt" || code=$?
[ $code = 1 ]
grep --quiet "KHÔNG KHỚP: 1 khác biệt" "$work/said.txt"
echo "the round agrees; saved again, every cell is equal; one changed cell is named"
