"""Makes samples/phieu-loi: a small round in which each form has one mistake of
real life, as samples/phieu-loi/loi.tsv tells them.

`python3 samples/make/sample_faults.py STEP` with STEP `round` or `forms`. The
answers are those of one ward of samples/ha-long-2019.
"""

import datetime
import io
import shutil
import sys
import tempfile
from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.styles import Font

import second  # noqa: F401 (first: makes the others importable)
import tsv
from fill import FORM, fill, put_head
from plain import key
from recalculate import soffice
from sample_make import COLUMNS, SAMPLE, typed, workbook
from sheets import Table, load, words

FOLDER = SAMPLE.parent / "phieu-loi"
MODEL = "P-HA-TU"
DATED = datetime.date(2019, 12, 10)


def mistakes():
    return tsv.read(FOLDER / "loi.tsv")


def make_round():
    """The units that the mistakes name, from the register of the large sample."""
    (FOLDER / "bo-chi-so").mkdir(exist_ok=True)
    shutil.copy(SAMPLE / "bo-chi-so" / "phuong-xa.xlsx", FOLDER / "bo-chi-so")
    wanted = [row["Mã đơn vị"] for row in mistakes()]
    register = tsv.read(SAMPLE / "nguon" / "don-vi.tsv")
    workbook(
        FOLDER / "don-vi.xlsx",
        {"Đơn vị": [row for row in register if row["Mã đơn vị"] in wanted]},
    )


def make_forms():
    rows = tsv.read(SAMPLE / "nguon" / "tu-cham-phuong-xa.tsv")
    answers = {
        row["Mã"]: {name: typed(row[label]) for name, label in COLUMNS.items() if row[label]}
        for row in rows
        if row["Mã đơn vị"] == MODEL
    }
    (FOLDER / "nop").mkdir(exist_ok=True)
    for row in mistakes():
        source = FOLDER / "mau" / f"{row['Mã đơn vị']}.xlsx"
        book = load(source, values=False)
        fill(book, answers, DATED, [], [])
        DEEDS[row["Việc"]](row, book, FOLDER / "nop" / source.name, source)


def line(row, book):
    """The row of the item that a mistake is about."""
    table = Table(book[FORM], ["STT", "Điểm tối đa", "Điểm tự chấm"])
    return next(it for it in table.rows() if it.text("STT") == row["Chỗ"])


def type_into(row, book, path, source):
    is_text = row["Mã đơn vị"] == MODEL
    value = row["Giá trị"] if is_text else typed(row["Giá trị"])
    line(row, book).put(row["Cột"], value or None)
    book.save(path)


def type_formula(row, book, path, source):
    line(row, book).put(row["Cột"], row["Giá trị"])
    book.save(path)
    recalculate_in_place(path)


def recalculate_in_place(path):
    """A formula has a result only after an office program has computed it."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out"
        convert_to = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", target]
        soffice(Path(folder), *convert_to, path)
        shutil.move(target / path.name, path)


def delete_row(row, book, path, source):
    book[FORM].delete_rows(line(row, book).number)
    book.save(path)


def turn_code_into_date(row, book, path, source):
    line(row, book).put("STT", datetime.date(2019, 2, 1))
    book.save(path)


def change_identity(row, book, path, source):
    """As it stands in the hidden sheet and, once more, in the properties."""
    changes = dict(zip(words(row["Chỗ"]), words(row["Giá trị"]), strict=True))
    for name, value in book["_cchc"].iter_rows(max_col=2):
        value.value = changes.get(name.value, value.value)
    for name, value in changes.items():
        book.custom_doc_props[f"cchc-{name}"].value = value
    book.save(path)


def change_head(row, book, path, source):
    put_head(book[FORM], row["Chỗ"], row["Giá trị"])
    book.save(path)


def send_twice(row, book, path, source):
    book.save(path)
    line(row, book).put(row["Cột"], typed(row["Giá trị"]))
    book.save(path.with_name(f"{path.stem} (sửa).xlsx"))


def leave_blank(row, book, path, source):
    shutil.copy(source, path)


def set_password(row, book, path, source):
    plain = io.BytesIO()
    book.save(plain)
    plain.seek(0)
    with path.open("wb") as file:
        OOXMLFile(plain).encrypt(row["Giá trị"], file)


def save_as_xls(row, book, path, source):
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / path.name
        book.save(plain)
        soffice(Path(folder), "--convert-to", "xls", "--outdir", path.parent, plain)


def cut_short(row, book, path, source):
    book.save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


def type_in_old_font(row, book, path, source):
    found = line(row, book)
    found.put(row["Cột"], row["Giá trị"])
    table = found.table
    cell = table.sheet.cell(found.number, table.columns[key(row["Cột"])])
    cell.font = Font(name=".VnTime", size=12)
    book.save(path)


def send_nothing(row, book, path, source):
    pass


DEEDS = {
    "gõ": type_into,
    "gõ công thức": type_formula,
    "xóa dòng": delete_row,
    "đổi mã thành ngày": turn_code_into_date,
    "nhận dạng": change_identity,
    "đầu phiếu": change_head,
    "nộp hai lần": send_twice,
    "để trắng": leave_blank,
    "đặt mật khẩu": set_password,
    "lưu xls": save_as_xls,
    "cắt tệp": cut_short,
    "phông cũ": type_in_old_font,
    "không nộp": send_nothing,
}
STEPS = {"round": make_round, "forms": make_forms}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in STEPS:
        sys.exit(__doc__)
    STEPS[sys.argv[1]]()
