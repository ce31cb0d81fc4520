"""Small mistakes of clerks with sheets, rows and columns, and with who is meant;
those with single values are in mistake_values.py. Each takes an open table,
changes it as a clerk would, and tells what it touched; None where it cannot be
made here."""

import copy
import datetime

from openpyxl.comments import Comment
from openpyxl.styles import Font

from mistake_tables import ANYWHERE, NAME, UNIT, number_of

KINDS = {}


def kind(law):
    def add(make):
        KINDS[make.__name__] = (law, make)
        return make
    return add


def one(random, cells):
    return random.choice(cells) if cells else None


# A. What was not read is said.


@kind("A")
def copied_sheet(random, table):
    """The copy is edited, the original forgotten."""
    if table.is_csv or not table.rows:
        return None
    twin = table.book.copy_worksheet(table.sheet)
    twin.title = (table.title + random.choice([" (2)", " - Copy", " mới", " cũ"]))[:31]
    twin.delete_rows(table.rows[-1])
    return table.whole(f"trang «{twin.title}»", True, [twin.title, table.title])


@kind("A")
def hidden_original(random, table):
    if table.is_csv or not table.rows:
        return None
    twin = table.book.copy_worksheet(table.sheet)
    twin.title = table.title[:27] + " (2)"
    twin.delete_rows(table.rows[-1])
    table.sheet.sheet_state = random.choice(["hidden", "veryHidden"])
    table.book.active = table.book.index(twin)
    return table.whole("trang gốc ẩn, bản sao được sửa", True, [twin.title, table.title])


@kind("A")
def hidden_sheet(random, table):
    visible = [it for it in table.book if it.sheet_state == "visible"]
    if table.is_csv or len(visible) < 2:
        return None
    table.sheet.sheet_state = "hidden"
    table.book.active = next(table.book.index(it) for it in visible if it is not table.sheet)
    return table.whole("ẩn trang")


@kind("A")
def renamed_sheet(random, table):
    if table.is_csv:
        return None
    old = table.title
    table.sheet.title = random.choice([old + " 2019", "Sheet1", "Danh sách", old.split()[0] + "_1",
                                       old.upper(), old + " "])
    return table.whole(f"đổi tên trang thành «{table.sheet.title}»", False, [table.sheet.title, old])


@kind("A")
def other_sheet(random, table):
    """A sheet of its own with more rows, under another name."""
    if table.is_csv or not table.rows:
        return None
    more = table.book.create_sheet(random.choice(["Bổ sung", "Năm trước", "Sheet3"]))
    more.append(list(table.columns))
    more.append([table.cell(table.rows[-1], it).value for it in table.columns])
    return table.whole(f"trang thêm «{more.title}»", True, [more.title])


@kind("A")
def second_column(random, table):
    """Another column with the same heading and other values."""
    label = one(random, [it for it in table.columns if table.filled([it]) and it != "STT"])
    if not label:
        return None
    at = max(table.columns.values()) + 1
    table.sheet.cell(table.header, at).value = random.choice([label, label + " (mới)", label + " 2"])
    values = [table.cell(row, label).value for row in table.rows]
    for row, value in zip(table.rows, values[1:] + values[:1], strict=True):
        table.sheet.cell(row, at).value = None if str(value).startswith("=") else value
    cells = [table.sheet.cell(table.header, at), table.cell(table.header, label)]
    return table.change(cells + [table.sheet.cell(it, at) for it in table.rows],
                        f"cột thứ hai «{cells[0].value}»", True)


@kind("A")
def inserted_column(random, table):
    label = one(random, [it for it in table.columns if it not in table.labels])
    if not label or table.title in ("Thẩm định", "Phiếu tự chấm", "Đề nghị khen thưởng"):
        return None  # formulas and merged cells do not move with openpyxl
    at = table.columns[label]
    table.sheet.insert_cols(at)
    table.sheet.cell(table.header, at).value = random.choice([None, "Ghi chú", "TT"])
    for row in table.rows[:3]:
        table.sheet.cell(row, at).value = random.choice(["đã xem", 7])
    return table.whole("chèn cột")


@kind("A")
def unknown_heading(random, table):
    label = one(random, [it for it in table.columns if table.filled([it])])
    if not label:
        return None
    cell = table.cell(table.header, label)
    cell.value = random.choice([f"{label} đơn vị", "Cột 1", label[:3] + ".", None, label + "?"])
    return table.change([cell], f"tiêu đề «{label}» thành «{cell.value}»")


@kind("A")
def sorted_heading_row(random, table):
    """Two headings change places, what stands below does not."""
    labels = [it for it in table.columns if table.filled([it])]
    if len(labels) < 2:
        return None
    a, b = random.sample(labels, 2)
    if {a, b} == {"Người đề nghị", "Người phê duyệt"} or "STT" in (a, b):
        return None  # either may be the other; row numbers say nothing
    table.cell(table.header, a).value, table.cell(table.header, b).value = b, a
    cells = [table.cell(row, it) for row in [table.header, *table.rows] for it in (a, b)]
    return table.change(cells, f"đổi chỗ tiêu đề «{a}» và «{b}»", True)


@kind("A")
def outside_row(random, table):
    """A row written far below or to the right of the table."""
    if not table.rows or table.title in ("Phiếu tự chấm", "Đề nghị khen thưởng"):
        return None
    row, cells = table.rows[-1], []
    down, right = random.choice([(6, 0), (0, max(table.columns.values()) + 2)])
    for label, at in list(table.columns.items()):
        cell = table.sheet.cell(row + down, at + right)
        value = table.cell(row, label).value
        if not str(value).startswith("="):
            cell.value = value
            cells.append(cell)
        if down:
            table.cell(row, label).value = None
    return table.change(cells, "dòng nằm ngoài bảng")


@kind("A")
def struck(random, table):
    row = one(random, table.rows)
    if not row or table.is_csv:
        return None
    cells = [table.cell(row, it) for it in table.columns if it != "Giải trình"]
    cells = [it for it in cells if it.value is not None]
    cells = cells if random.random() < 0.6 else cells[-1:]
    for cell in cells:
        font = copy.copy(cell.font)
        cell.font = Font(name=font.name, size=font.size, strike=True)
    return table.change(cells, "gạch ngang", True)


@kind("A")
def comment(random, table):
    cell = one(random, table.filled(table.columns))
    if not cell or table.is_csv:
        return None
    cell.comment = Comment(random.choice(["Sửa thành 3", "Không tính dòng này", "đã đổi"]), "Thư ký")
    return table.change([cell], "ghi chú mang giá trị", True)


@kind("A")
def hidden_row(random, table):
    row = one(random, table.rows)
    if not row or table.is_csv:
        return None
    table.sheet.row_dimensions[row].hidden = True
    return table.change([f"A{row}"], "ẩn dòng")


@kind("A")
def hidden_column(random, table):
    label = one(random, list(table.columns))
    if table.is_csv:
        return None
    table.sheet.column_dimensions[table.column(label)].hidden = True
    return table.change([table.cell(table.header, label)], f"ẩn cột «{label}»")


@kind("A")
def blank_row(random, table):
    """An empty row in the middle, or rows of a total and a signature below."""
    if len(table.rows) < 2 or table.title in ("Thẩm định", "Phiếu tự chấm", "Đề nghị khen thưởng"):
        return None
    if random.random() < 0.5:
        table.sheet.insert_rows(table.rows[len(table.rows) // 2])
        return table.whole("dòng trống giữa bảng")
    at = table.rows[-1] + 1
    table.sheet.cell(at, table.first).value = random.choice(["Tổng cộng", "Ghi chú: đã đối chiếu"])
    table.sheet.cell(at + 2, table.first + 1).value = "NGƯỜI LẬP BIỂU"
    return table.change([f"A{at}", f"A{at + 2}"], "dòng tổng, chữ ký dưới bảng")


@kind("A")
def merged_ids(random, table):
    """One id for two rows, as printed tables have it."""
    rows = [a for a, b in zip(table.rows, table.rows[1:], strict=False) if b == a + 1]
    row = one(random, rows)
    if not row or table.is_csv or UNIT not in table.columns:
        return None
    letter = table.column(UNIT)
    told = f"gộp ô mã {letter}{row}:{letter}{row + 1}"
    table.sheet.merge_cells(f"{letter}{row}:{letter}{row + 1}")
    return identity(table, [f"{letter}{row}", f"{letter}{row + 1}"], told)


# B. A row that was meant to have an effect and had none is said.


@kind("B")
def doubled_row(random, table):
    """The same row again, with one number or word different."""
    if not table.rows or table.title in ("Phiếu tự chấm", "Đề nghị khen thưởng", "Bộ chỉ số"):
        return None
    row, at, changed = random.choice(table.rows), table.rows[-1] + 1, False
    for label, column in table.columns.items():
        value = table.cell(row, label).value
        number = number_of(value)
        if number and label not in (UNIT, "Mã") and not changed:
            value, changed = table.typed(number - 1), True
        if not str(value).startswith("="):
            table.sheet.cell(at, column).value = value
    return table.change([f"A{row}", f"A{at}"], "dòng lặp")


@kind("B")
def lost_id(random, table):
    cell = one(random, table.filled([UNIT]))
    if not cell:
        return None
    cell.value = None
    return identity(table, [cell], "mất mã đơn vị")


@kind("B")
def wrong_id(random, table):
    """An id of nobody, or that of another row although a name stands beside it."""
    cells = table.filled([UNIT])
    cell = one(random, cells)
    if not cell:
        return None
    others = [it.value for it in cells if it.value != cell.value]
    named = any(it in table.columns for it in (NAME, "Tên đơn vị"))
    if named and others and table.title != "Đơn vị" and random.random() < 0.7:
        cell.value = random.choice(others)
    else:
        cell.value = random.choice(["DV-99", str(cell.value) + "x", "số 1", f"{cell.value} và U-01"])
    return identity(table, [cell], f"mã đơn vị thành «{cell.value}»")


def identity(table, cells, told):
    """The register says who is who: what it calls otherwise is found missing
    wherever else it is named."""
    change = table.change(cells, told, True)
    if table.title == "Đơn vị":
        change.places.append(ANYWHERE)
    return change


@kind("B")
def sorted_ids(random, table):
    """The column of ids is sorted without the rest."""
    cells = table.filled([UNIT])
    named = any(it in table.columns for it in (NAME, "Tên đơn vị"))
    if len(cells) < 3 or not named:
        return None
    values = sorted((it.value for it in cells), reverse=True)
    changed = [it for it, value in zip(cells, values, strict=True) if it.value != value]
    for cell, value in zip(cells, values, strict=True):
        cell.value = value
    return identity(table, changed, "sắp xếp riêng cột mã") if changed else None


def moved_down(cells):
    """Moves the values of cells down by one, and gives the cells that changed: none
    where there are too few values to tell."""
    values = [it.value for it in cells]
    if len(set(values)) < 3:
        return []
    changed = []
    for cell, value in zip(cells, values[-1:] + values[:-1], strict=True):
        if cell.value != value:
            changed.append(cell)
        cell.value = value
    return changed


@kind("B")
def sorted_names(random, table):
    """The names move down by one, the ids do not."""
    label = next((it for it in (NAME, "Tên đơn vị") if it in table.columns), None)
    cells = table.filled([label]) if label else []
    changed = moved_down(cells)
    return identity(table, changed, "cột tên lệch một dòng") if changed else None


@kind("B")
def shifted_titles(random, table):
    """The titles of items move down by one beside their codes."""
    label = {"Thẩm định": "Tiêu chí", "Khảo sát": "Nội dung"}.get(table.title)
    cells = [table.cell(it, label) for it in table.rows] if label in table.columns else []
    changed = moved_down(cells)
    return table.change(changed, f"cột «{label}» lệch một dòng", True) if changed else None


@kind("B")
def spelt_id(random, table):
    """Another spelling of the same id."""
    cell = one(random, table.filled([UNIT]))
    if not cell:
        return None
    text = str(cell.value)
    cell.value = random.choice([text.lower(), f" {text} ", text.replace("-", "–"), text + "\u200b",
                                text.replace("-", "- ")])
    return table.change([cell], f"mã viết «{cell.value}»")


@kind("B")
def code_as_date(random, table):
    cell = one(random, table.filled(["Mã", "Mã tiêu chí"]))
    if not cell or table.title == "Thay đổi":
        return None
    cell.value = random.choice([datetime.datetime(2019, 2, 1), "9.9.9", str(cell.value) + ".", 1.1])
    return table.change([cell], f"mã tiêu chí «{cell.value}»", str(cell.value) == "9.9.9")


@kind("B")
def unknown_word(random, table):
    """A word of a closed list, written otherwise."""
    labels = ["Loại", "Quy định", "Loại biến động", "Mã lý do", "Khối", "Bộ chỉ số", "Cách chấm",
              "Nguồn điểm", "Kiểm chứng", "Không áp dụng", "Xếp loại"]
    cell = one(random, table.filled(labels))
    if not cell:
        return None
    text = str(cell.value)
    cell.value = random.choice([text[:-1], text + "?", text.upper(), "khác", f"({text})"])
    return table.change([cell], f"«{text}» thành «{cell.value}»")
