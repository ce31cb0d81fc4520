"""What units do to forms, one way each: every fault takes a filled form and
leaves in `nop/` what the unit sent."""

import datetime
import shutil

from fill import FORM, put_head
from rules import figures
from sheets import Table

OTHER_DAY = datetime.date(2019, 12, 10)


def _rows(book, round, unit, is_wanted):
    """Rows of items that the unit scores itself and that suit a fault."""
    items = {code: item for code, item in round.sets[unit.set].items.items() if is_wanted(item)}
    codes = {".".join(map(str, at)) for at in items if (unit.id, at) not in round.exempt}
    table = Table(book[FORM], ["STT", "Điểm tối đa", "Điểm tự chấm"])
    return [row for row in table.rows() if row.text("STT") in codes]


def _typed(item):
    return not item.is_survey and not figures(item.rule)


def _with_score(value):
    def spoil(random, round, unit, book, path):
        for row in _rows(book, round, unit, _typed)[:1]:
            row.put("Điểm tự chấm", value)
        book.save(path)

    return spoil


def missing_figure(random, round, unit, book, path):
    wanted = [row for row in _rows(book, round, unit, lambda it: figures(it.rule))]
    for row in wanted[:1]:
        for label in ("Tử số", "Mẫu số", "Số lượng", "Ngày"):
            row.put(label, None)
    book.save(path)


def changed_maximum(random, round, unit, book, path):
    for row in _rows(book, round, unit, lambda it: not it.is_survey)[:1]:
        row.put("Điểm tối đa", 7)
    book.save(path)


def lost_code(random, round, unit, book, path):
    row = random.choice(_rows(book, round, unit, lambda it: True))
    row.put("STT", None)
    row.put("Lĩnh vực/Tiêu chí/Tiêu chí thành phần", None)
    book.save(path)


def code_as_number(random, round, unit, book, path):
    row = random.choice(_rows(book, round, unit, lambda it: True))
    row.put("STT", 4.0999999999999996)
    book.save(path)


def code_with_comma(random, round, unit, book, path):
    """The title still says which line it is."""
    row = random.choice(_rows(book, round, unit, lambda it: True))
    row.put("STT", row.raw("STT").replace(".", ","))
    book.save(path)


def older_line(random, round, unit, book, path):
    """Issued before one line of the set was changed, or only its mark."""
    cells = {row[0].value: row[1] for row in book["_cchc"].iter_rows(max_col=2)}
    marks = cells["dau-tung-dong"].value.split()
    at = random.randrange(len(marks))
    code, _, *asked = marks[at].split(":")
    marks[at] = ":".join([code, "00000000", *random.choice([[], asked])])
    cells["dau-tung-dong"].value = " ".join(marks)
    cells["dau-van-tay"].value = "0"
    book.save(path)


def _identity(name, value):
    def spoil(random, round, unit, book, path):
        for row in book["_cchc"].iter_rows(max_col=2):
            if row[0].value == name:
                row[1].value = value
        if f"cchc-{name}" in book.custom_doc_props.names:
            book.custom_doc_props[f"cchc-{name}"].value = value
        if name == "don-vi":
            put_head(book[FORM], "Đơn vị:", "Đơn vị không ai biết")
        book.save(path)

    return spoil


def sent_twice(random, round, unit, book, path):
    book.save(path)
    shutil.copy(path, path.with_name(f"{path.stem} - Copy.xlsx"))


def sent_again(random, round, unit, book, path):
    """A second form, different, of another day; now and then of the same."""
    book.save(path)
    for row in _rows(book, round, unit, _typed)[:1]:
        row.put("Điểm tự chấm", 0)
    put_head(book[FORM], "Ngày lập phiếu:", OTHER_DAY)
    book.save(path.with_name(f"{path.stem} (2).xlsx"))


def left_blank(random, round, unit, book, path):
    shutil.copy(round.folder / "mau" / f"{unit.id}.xlsx", path)


def damaged(random, round, unit, book, path):
    book.save(path)
    path.write_bytes(path.read_bytes()[:-900])


def other_name(random, round, unit, book, path):
    """Sound: the unit writes its other name, in its own spelling."""
    put_head(book[FORM], "Đơn vị:", f"  {unit.other_names[0].lower()}\u00a0")
    book.save(path)


def lost_identity(random, round, unit, book, path):
    """Sound: the head still says whose form it is."""
    del book["_cchc"]
    book.save(path)


def note_beside(random, round, unit, book, path):
    """Sound: a note far to the right of the table."""
    book[FORM].cell(1, 26).value = "ghi chú"
    book.save(path)


FAULTS = [
    _with_score("chín"), _with_score(99), _with_score(None), _with_score(-1), _with_score(0.333),
    _with_score("KAD"), missing_figure, changed_maximum, lost_code, code_as_number,
    code_with_comma, older_line,
    _identity("ky", "ky-khac"), _identity("don-vi", "KHONG-CO"), _identity("dau-van-tay", "0"),
    sent_twice, sent_again, left_blank, damaged, other_name, lost_identity, note_beside,
]


def stray_files(top):
    (top / "ghi-chu.txt").write_text("Nhớ hỏi lại", "utf-8")
    (top / "bien-ban.pdf").write_bytes(b"%PDF-1.4")
    (top / "~$phieu.xlsx").write_bytes(b"\x05user")
