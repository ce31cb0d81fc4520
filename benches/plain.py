"""The plain script the benchmark compares with: reads forms with
python-calamine in two processes, checks ranges, sums, ranks, and writes a
ranking sheet and a matrix with XlsxWriter. It does a small part of what `cchc`
does."""

import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

SHEET = "Phiếu tự chấm"
HEAD = ["STT", "Điểm tối đa", "Điểm tự chấm"]


def read(path):
    """One form: the unit's file name and its points by code."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(SHEET).to_python()
    head = next(number for number, row in enumerate(rows) if HEAD[0] in row)
    code, most, score = (rows[head].index(label) for label in HEAD)
    points = {}
    for row in rows[head + 1 :]:
        value = row[score]
        if row[code] and isinstance(value, (int, float)) and 0 <= value <= row[most]:
            points[row[code]] = value
    return path.stem, points


def main():
    files = sorted(Path(sys.argv[1]).glob("*.xlsx"))
    with ProcessPoolExecutor(2) as pool:
        units = list(pool.map(read, files, chunksize=32))
    codes = sorted({code for _, points in units for code in points})
    units.sort(key=lambda unit: -sum(unit[1].values()))
    with tempfile.TemporaryDirectory() as folder:
        book = xlsxwriter.Workbook(f"{folder}/out.xlsx", {"constant_memory": True})
        ranking = book.add_worksheet("Xếp hạng")
        for row, (unit, points) in enumerate(units):
            ranking.write_row(row, 0, [row + 1, unit, sum(points.values())])
        matrix = book.add_worksheet("Chi tiết")
        for row, (unit, points) in enumerate(units):
            matrix.write_row(row, 0, [unit, *(points.get(code, "") for code in codes)])
        book.close()


if __name__ == "__main__":
    main()
