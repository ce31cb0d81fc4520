"""Fills blank forms the way a unit does: it types into the input cells of the
workbook it was sent and touches nothing else."""

from claims import LABELS
from plain import key
from sheets import Table

FORM, PRAISE = "Phiếu tự chấm", "Đề nghị khen thưởng"
COLUMNS = {**LABELS, "score": "Điểm tự chấm", "evidence": "Tài liệu kiểm chứng"}
PEOPLE = ["STT", "Họ và tên", "Chức vụ", "Thành tích", "Năm"]
COLLECTIVES = ["STT", "Tên tập thể", "Thành tích", "Năm"]


def fill(book, answers, dated, people, collectives):
    """`answers`: code as text -> {column: value}, columns as in `COLUMNS`;
    `people` and `collectives`: rows by label. No collectives clears the name
    that the form came with."""
    sheet = book[FORM]
    if dated:
        put_head(sheet, "Ngày lập phiếu:", dated)
    for row in Table(sheet, ["STT", "Điểm tối đa", "Điểm tự chấm"]).rows():
        for column, value in answers.get(row.text("STT"), {}).items():
            row.put(COLUMNS[column], value)
    _nominate(book[PRAISE], COLLECTIVES, collectives or [{"Tên tập thể": None}])
    _nominate(book[PRAISE], PEOPLE, people)


def _nominate(sheet, labels, rows):
    table = Table(sheet, labels)
    for at, values in enumerate(rows, table.header + 1):
        for label in labels[1:]:
            if label in values:
                sheet.cell(at, table.columns[key(label)]).value = values[label]


def put_head(sheet, label, value):
    """Writes into the cell for the value of a label in the head: the one to its
    right, where merged cells are one."""
    for row in sheet.iter_rows(max_row=40):
        for cell in row:
            if isinstance(cell.value, str) and key(cell.value) == key(label):
                sheet.cell(cell.row, _right_of(sheet, cell)).value = value
                return
    raise ValueError(f"{sheet.title}: no {label}")


def _right_of(sheet, cell):
    for area in sheet.merged_cells.ranges:
        if cell.coordinate in area:
            return area.max_col + 1
    return cell.column + 1
