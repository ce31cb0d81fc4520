#!/usr/bin/env bash
# What cchc verify says of a round, of its workbooks saved again by two programs,
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
  grep --quiet "Khớp với bản công bố $name.xlsx ở mọi điều đã so" "$work/said.txt"
  grep --quiet "Không so được" "$work/said.txt"
  mkdir -p "$work/openpyxl"
  python3 -c 'import openpyxl, sys; openpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])' \
    "$round/ket-qua/$name.xlsx" "$work/openpyxl/$name.xlsx"
  target/release/cchc verify "$work/openpyxl/$name.xlsx" --voi "$round" >"$work/said.txt"
  grep --quiet "công thức không kèm kết quả đã tính" "$work/said.txt"
  grep --quiet "Khớp với bản công bố $name.xlsx ở mọi điều đã so" "$work/said.txt"
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
python3 - "$round/ket-qua/Tong-hop-2019.xlsx" "$work" <<'PYTHON'
"""Saves the workbook again with one thing changed that a reader sees."""
import sys

import openpyxl
from openpyxl.styles import Font

def hidden_row(sheet): sheet.row_dimensions[5].hidden = True
def hidden_column(sheet): sheet.column_dimensions["B"].hidden = True
def hidden_sheet(sheet): sheet.sheet_state = "hidden"
def white(sheet): sheet["A5"].font = Font(name="Times New Roman", size=12, color="FFFFFFFF")
def number_format(sheet): sheet["J5"].number_format = '"99,99"'
def merged(sheet): sheet.merge_cells("B5:B6")
def footer(sheet): sheet.oddFooter.right.text = "Mã xác thực 0000"
def printed(sheet): sheet.print_area = "A1:C5"
def typed(sheet): sheet["A5"].value = str(sheet["A5"].value)

for change in (hidden_row, hidden_column, hidden_sheet, white, number_format, merged, footer,
               printed, typed):
    book = openpyxl.load_workbook(sys.argv[1])
    change(book.worksheets[1])
    book.save(f"{sys.argv[2]}/tampered-{change.__name__}.xlsx")
PYTHON
for file in "$work"/tampered-*.xlsx; do
  code=0
  target/release/cchc verify "$file" --voi "$round" >"$work/said.txt" || code=$?
  [ $code = 1 ]
  grep --quiet "KHÔNG KHỚP" "$work/said.txt"
done
echo "the round agrees; saved again, all that is seen is equal; what was changed is named"
