"""Small mistakes of clerks with single values: numbers, days, approvals, people,
empty cells. Kept in the same catalogue as those of mistake_kinds.py."""

import datetime
import unicodedata

from mistake_kinds import KINDS, kind, one
from mistake_tables import DAYS, NAME, PEOPLE, REASONS, UNIT, number_of
from plain import day

NOTHING = ["Không", "không", "-", "0", "/", "n/a", "chưa có", "Không đề nghị", "không có", "…"]
NO_EVIDENCE = ["x", "có", "ok", "v", "Đã có"]

# C. Every number is judged where it is typed.


def _retype(name, make, is_meant=True):
    def retype(random, table):
        cell = one(random, table.numbers())
        if not cell:
            return None
        old = cell.value
        number = number_of(old)
        if not number:
            return None
        value, style = make(random, number)
        if style and table.is_csv:
            return None
        cell.value = table.typed(value) if isinstance(value, (int, float)) else value
        if style:
            cell.number_format = style
        label = table.sheet.cell(table.header, cell.column).value
        return table.change([cell], f"{label}: {old} thành {cell.value} {style or ''}", is_meant)

    KINDS[name] = ("C", retype)


_retype("hundredth", lambda r, n: (n / 100, None))
_retype("hundredfold", lambda r, n: (n * 100, None))
_retype("negative", lambda r, n: (-n, None))
_retype("percent_cell", lambda r, n: (n / 100, r.choice(["0%", "0.00%"])), False)
_retype("percent_text", lambda r, n: (f"{n:g}%".replace(".", ","), None), False)
_retype("thousands", lambda r, n: (f"{n * 1000:.0f}"[:-3] + ".000", None))
_retype("number_as_text", lambda r, n: (f"{n:g}".replace(".", ","), None), False)
_retype("with_unit", lambda r, n: (f"{n:g} điểm", None), False)
_retype("letter_o", lambda r, n: (f"{n:g}".replace("0", "O") + "O", None))
_retype("two_numbers", lambda r, n: (f"{n:g} - {n + 1:g}", None))
_retype("date_format", lambda r, n: (n, "dd/mm/yyyy"), False)
_retype("truth", lambda r, n: (True, None))
_retype("error_word", lambda r, n: (r.choice(["#N/A", "#SPILL!", "#REF!"]), None))
_retype("words_of_number", lambda r, n: (r.choice(["đạt", "tối đa", "x", "Không", "-"]), None))
_retype("tiny_remainder", lambda r, n: (n + 1e-13, None), False)


@kind("C")
def formula(random, table):
    """A formula that no program has computed yet."""
    cell = one(random, table.numbers())
    if not cell or table.is_csv:
        return None
    cell.value = random.choice([f"={cell.value}*1", f"=ROUND({cell.value},2)", "=SUM(Z1:Z9)", "=1/0"])
    return table.change([cell], f"công thức {cell.value}")


def _column(name, style):
    """A whole column in parts of one in place of percent."""

    def retype(random, table):
        labels = ["Tỷ lệ hài lòng (%)", "Chỉ số (%)"]
        cells = [it for it in table.filled(labels) if number_of(it.value)]
        if not cells or (style and table.is_csv):
            return None
        for cell in cells:
            cell.value = table.typed(number_of(cell.value) / 100)
            cell.number_format = style or cell.number_format
        return table.change(cells, f"cả cột chia cho 100 {style or ''}", not style)

    KINDS[name] = ("C", retype)


_column("column_of_parts", None)
_column("column_of_percents", "0.00%")


# D. Every date is judged against the year it belongs to.


@kind("D")
def other_year(random, table):
    cell = one(random, [it for it in table.filled(DAYS) if day(it.value)])
    if not cell:
        return None
    date, away = day(cell.value), random.choice([-1, -10, -100, 10, 100])
    date = date.replace(year=date.year + away, day=min(date.day, 28))
    cell.value = date.strftime("%d/%m/%Y") if isinstance(cell.value, str) else date
    return table.change([cell], f"năm thành {date.year}", True)


@kind("D")
def odd_date(random, table):
    """Another way of writing a day, some of them unreadable."""
    cell = one(random, [it for it in table.filled(DAYS) if day(it.value)])
    if not cell:
        return None
    date = day(cell.value)
    cell.value = random.choice([
        f"{date:%d/%m/%y}", f"{date:%Y-%m-%d}", f"ngày {date:%d} tháng {date:%m} năm {date:%Y}",
        f"{date:%m/%Y}", f"{date:%d.%m.%Y}", f"{date:%d/%m/%Y} 16:30",
        (date - datetime.date(1899, 12, 30)).days, "30/02/2019", "trong năm",
    ])
    return table.change([cell], f"ngày ghi «{cell.value}»")


@kind("D")
def time_of_day(random, table):
    cell = one(random, [it for it in table.filled(DAYS) if day(it.value)])
    if not cell or table.is_csv:
        return None
    cell.value = datetime.datetime.combine(day(cell.value), datetime.time(23, 59))
    return table.change([cell], "kèm giờ")


@kind("D")
def form_date(random, table):
    """The day in the head of a form, a year off."""
    if table.title != "Phiếu tự chấm":
        return None
    for row in table.sheet.iter_rows(max_row=12):
        if row[0].value == "Ngày lập phiếu:" and (date := day(row[2].value)):
            away = random.choice([-1, 1, -10, 100])
            row[2].value = random.choice([
                date.replace(year=date.year + away, day=min(date.day, 28)),
                datetime.date(date.year, 1, 5), f"tháng 12/{date.year}", "-",
            ])
            return table.change([row[2]], f"ngày lập phiếu {row[2].value}", True)
    return None


# E. An approval approves.


@kind("E")
def no_approval(random, table):
    cell = one(random, table.filled(["Người phê duyệt"]))
    if not cell:
        return None
    asked = table.cell(cell.row, "Người đề nghị").value
    cell.value = random.choice([*NOTHING[:6], "Không duyệt", "Chưa duyệt", asked])
    return table.change([cell], f"người phê duyệt «{cell.value}»", True)


@kind("E")
def empty_word(random, table):
    """A word for nothing where something has to stand."""
    cell = one(random, table.filled(REASONS))
    if not cell:
        return None
    label, old = table.sheet.cell(table.header, cell.column).value, cell.value
    cell.value = random.choice(NOTHING + NO_EVIDENCE)
    return table.change([cell], f"{label}: «{old}» thành «{cell.value}»", label != "Tài liệu kiểm chứng")


# F. Who is who.


@kind("F")
def titled_person(random, table):
    """The same person, written otherwise."""
    cell = one(random, table.filled(["Họ và tên"]))
    if not cell:
        return None
    name = str(cell.value)
    cell.value = random.choice([
        f"Ông {name}", f"Đ/c {name}", f"ThS. {name}", f"{name} – Phó phòng", name.upper(),
        unicodedata.normalize("NFD", name), "  ".join(name.split()), f"{name} (Phó phòng)",
    ])
    change = table.change([cell], f"người «{cell.value}»")
    return change._replace(spelt=(cell.value, name))


@kind("F")
def other_person(random, table):
    """No person, two of them, or one who can only be guessed."""
    cell = one(random, table.filled(["Họ và tên"]))
    if not cell:
        return None
    name = str(cell.value)
    short = ".".join(it[0] for it in name.split()[:-1]) + "." + name.split()[-1]
    cell.value = random.choice([
        f"{name}, Trần Thị B", f"{name}; Lê C", f"{name} và Trần Thị B", short, "Chuyên viên",
        "Tập thể phòng Một cửa", "Đơn vị số 1", "Phó Chủ tịch", *NOTHING[:8], f"{name[:-3]}",
    ])
    return table.change([cell], f"người «{name}» thành «{cell.value}»", True)


@kind("F")
def other_collective(random, table):
    cell = one(random, table.filled(["Tên tập thể"]))
    if not cell:
        return None
    cell.value = random.choice([*NOTHING[:8], "Nguyễn Văn An", "Tổ một cửa", f"{cell.value} và đoàn thể",
                                "Đơn vị số 99", str(cell.value).upper()])
    return table.change([cell], f"tập thể «{cell.value}»")


@kind("F")
def person_in_unit(random, table):
    """A person under the ids, or a unit under the people."""
    cell = one(random, table.filled([UNIT]))
    if not cell or "Họ và tên" not in table.columns:
        return None
    person = table.cell(cell.row, "Họ và tên")
    cell.value, person.value = person.value or "Nguyễn Văn An", cell.value
    return table.change([cell, person], "đổi chỗ người và đơn vị", True)


@kind("F")
def lost_person(random, table):
    """Without the name the row would speak of the whole unit."""
    cell = one(random, table.filled(["Họ và tên"]))
    if not cell:
        return None
    cell.value = random.choice([None, " ", "-", "không"])
    return table.change([cell], f"mất họ tên («{cell.value}»)", True)


@kind("F")
def other_name(random, table):
    """The name beside an id is another unit's, or nobody's."""
    label = next((it for it in (NAME, "Tên đơn vị") if it in table.columns), None)
    cells = table.filled([label]) if label else []
    cell = one(random, cells)
    if not cell or table.title == "Đơn vị":
        return None
    others = [it.value for it in cells if it.value != cell.value]
    cell.value = random.choice([*others[:2], "Đơn vị không ai biết"])
    return table.change([cell], f"tên đơn vị thành «{cell.value}»", True)


@kind("F")
def pointed_person(random, table):
    """Two persons side by side, or a word that points at a name elsewhere."""
    cell = one(random, table.filled(["Họ và tên"]))
    if not cell or table.is_csv:
        return None
    name = str(cell.value)
    cell.value = random.choice([f"{name}\tTrần Thị Bình", f"{name}     Trần Thị Bình", "như trên",
                                "theo danh sách kèm theo", f"{name}\nTrần Thị Bình"])
    return table.change([cell], f"người «{name}» thành «{cell.value!r}»", True)


# G. An empty cell is not consent.


@kind("G")
def taken_back(random, table):
    """A row whose own words say that it is to have no effect."""
    cell = one(random, table.filled(["Lý do", "Thành tích", "Người phê duyệt", "Miễn đánh giá"]))
    if not cell or table.title == "Thẩm định":
        return None
    label = table.sheet.cell(table.header, cell.column).value
    words = ["Chờ Chủ tịch duyệt", "Chủ tịch UBND từ chối", "Đang trình"]
    others = ["Xin rút đề nghị", "Đã thu hồi, không trừ", "Lý do không chính đáng"]
    cell.value = random.choice(words if label == "Người phê duyệt" else others)
    return table.change([cell], f"{label}: «{cell.value}»", True)


@kind("G")
def nothing_said(random, table):
    """A word for nothing where nothing stood: means what blank means."""
    labels = [it for it in table.columns if it not in PEOPLE and it != "STT"]
    cell = one(random, table.empty(labels))
    if not cell or table.title == "Bộ chỉ số":
        return None
    cell.value = random.choice(NOTHING)
    label = table.sheet.cell(table.header, cell.column).value
    return table.change([cell], f"{label}: ô trống thành «{cell.value}»")


@kind("G")
def score_in_words(random, table):
    """No score, but words beside that name one."""
    if table.title != "Thẩm định" or not (cells := table.filled(["Điểm thẩm định"])):
        return None
    cell = random.choice(cells)
    cell.value = None
    why = table.cell(cell.row, "Lý do")
    why.value = random.choice(["đề nghị 0 điểm", "Không đồng ý", "chờ bổ sung", "hạ còn 0,5 điểm"])
    return table.change([cell, why], f"để trống điểm, lý do «{why.value}»", True)


@kind("G")
def lost_cell(random, table):
    """A needed cell is emptied."""
    cell = one(random, table.filled([*REASONS, *DAYS, "Loại", "Quy định", "Khối"]))
    if not cell:
        return None
    label = table.sheet.cell(table.header, cell.column).value
    cell.value = None
    return table.change([cell], f"{label}: xóa trống")
