#!/usr/bin/env python3
"""The program that the benchmark compares with: the same main work in Python.

    fair.py run ROUND      forms → the results that follow, in ROUND/ket-qua-python
    fair.py agree ROUND    compares them with ROUND/ket-qua, cell by cell

Reads three sheets of every form with python-calamine in two processes, checks
ranges and sums, computes points from figures by the rules of the criteria sets,
ranks exactly, and writes with XlsxWriter: ranking, areas, the matrix with live
formulas, shortfalls and the analysis of items, and a log and JSON beside them.

Needs Python 3.11 with python-calamine and XlsxWriter.
"""

import json
import re
import sys
import tomllib
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from fractions import Fraction
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

FIGURES = ["Tử số", "Mẫu số", "Số lượng", "Ngày"]
HEAD = ["STT", "Điểm tối đa", "Điểm tự chấm", *FIGURES]
NONE = "–"


def hundredths(text):
    """`0,75` → 75."""
    return int(Fraction(str(text).replace(",", ".")) * 100)


def half_up(above, below):
    """A quotient as a whole number."""
    quotient = Fraction(above) / Fraction(below)
    return (2 * quotient.numerator + quotient.denominator) // (2 * quotient.denominator)


def exact(number):
    return int(number) if number == int(number) else Fraction(str(number))


# --- the round ---------------------------------------------------------------


class Item:
    """One row of a criteria set that carries points."""

    def __init__(self, code, most, kind, parameters, by):
        self.code, self.max, self.kind, self.by = code, hundredths(most), kind, by
        self.area = code.split(".")[0]
        pairs = [pair.rsplit("=", 1) for pair in parameters.split(";") if "=" in pair]
        pairs = [(name.strip(), value.strip()) for name, value in pairs]
        self.words = dict(pairs)
        steps = [(name, value) for name, value in pairs if name[0] in "<>0123456789"]
        self.steps = [(span(name), hundredths(value)) for name, value in steps]

    @property
    def needs(self):
        if self.kind.startswith("tỷ lệ") or self.kind == "mức theo tỷ lệ":
            return ["Tử số", "Mẫu số"]
        if self.kind in ("thời hạn", "trừ theo ngày"):
            return ["Ngày"]
        if self.kind in ("mức theo số lượng", "trừ điểm"):
            return ["Tử số", "Số lượng"] if "về 0" in self.words else ["Số lượng"]
        return []

    def points(self, figures, deadline):
        """Hundredths of points; `None` where nothing arose."""
        if self.needs == ["Tử số", "Mẫu số"]:
            above, below = exact(figures["Tử số"]), exact(figures["Mẫu số"])
            if below <= 0:
                return None if self.words["không phát sinh"] == "không áp dụng" else 0
            if self.kind == "mức theo tỷ lệ":
                return self.step(Fraction(above * 100) / below)
            percent = lambda name: exact(float(self.words[name].rstrip("%")))
            if "sàn" in self.words and above * 100 < percent("sàn") * below:
                return 0
            target = percent("mục tiêu") if "mục tiêu" in self.words else 100
            return min(self.max, half_up(self.max * above * 100, below * target))
        if self.needs == ["Ngày"]:
            due = self.words["hạn"]
            due = deadline if due == "hạn nộp phiếu" else date(*map(int, reversed(due.split("/"))))
            late = (figures["Ngày"] - due).days
            if late <= 0:
                return self.max
            if self.kind == "trừ theo ngày":
                return max(0, self.max - late * hundredths(self.words["mỗi ngày"]))
            for name, value in self.words.items():
                if "muộn" in name and late <= int(re.search(r"\d+", name)[0]):
                    return hundredths(value)
            return hundredths(self.words.get("còn lại", "0"))
        if "về 0" in self.words and figures["Tử số"] > 0:
            return 0
        if self.kind == "trừ điểm":
            lost = exact(figures["Số lượng"]) * hundredths(self.words["mỗi lần"])
            return max(0, half_up(self.max - lost, 1))
        return self.step(exact(figures["Số lượng"]))

    def step(self, value):
        for (low, high, is_open), points in self.steps:
            is_below = high is None or value < high or (value == high and not is_open)
            if is_below and (low is None or low <= value):
                return points
        return max(points for _, points in self.steps)


def span(name):
    """`>=3`, `<70%`, `70-<100%` or a single value: low, high, is it without its high end."""
    name = name.replace("%", "")
    if name.startswith(">="):
        return Fraction(name[2:]), None, False
    if name.startswith("<"):
        return None, Fraction(name[1:]), True
    low, _, high = name.partition("-<")
    return Fraction(low), Fraction(high or low), bool(high)


class Round:
    def __init__(self, folder):
        settings = tomllib.loads((folder / "ky.toml").read_text(encoding="utf-8"))
        self.deadline = settings["nop-phieu"]["han"]
        self.blocs = settings["khoi"]
        self.sets, self.rows = {}, {}
        for bloc in self.blocs:
            name = bloc["bo-chi-so"][0]
            rows = self.rows[name] = listed(folder / f"bo-chi-so/{name}.xlsx", "Mã")
            items = [Item(row[0], row[2], row[3], row[4], row[6]) for row in rows if row[3]]
            self.sets[name] = {item.code: item for item in items}
        units = listed(folder / "don-vi.xlsx", "Mã đơn vị")
        self.units = {row[0]: (row[1], row[3]) for row in units}
        exempt = listed(folder / "khong-ap-dung.xlsx", "Mã đơn vị")
        self.exempt = {(row[0], str(row[1])) for row in exempt}


def listed(path, label):
    """The rows of a list below the head that begins with this label."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    start = next(at for at, row in enumerate(rows) if row[0] == label) + 1
    return [row for row in rows[start:] if row[0]]


# --- the forms ---------------------------------------------------------------

ROUND = None


def begin(folder):
    global ROUND
    ROUND = Round(folder)


def read(path):
    """One form: the unit, its points by item, what was noticed, who is proposed."""
    book = CalamineWorkbook.from_path(path)
    said = {row[0]: row[1] for row in book.get_sheet_by_name("_cchc").to_python()}
    unit, items = said["don-vi"], ROUND.sets[said["bo-chi-so"]]
    nominations = book.get_sheet_by_name("Đề nghị khen thưởng").to_python()[6:]
    proposed = [row[1] for row in nominations if row[1]]
    rows = book.get_sheet_by_name("Phiếu tự chấm").to_python()
    head = next(at for at, row in enumerate(rows) if row[0] == HEAD[0])
    column = {label: rows[head].index(label) for label in HEAD}
    points, notes, sums = {}, [], {}
    for row in rows[head + 1 :]:
        item = items.get(row[0])
        if item is None:
            if isinstance(row[column["Điểm tự chấm"]], float):
                sums[row[0]] = hundredths(row[column["Điểm tự chấm"]])
            continue
        if hundredths(row[column["Điểm tối đa"]]) != item.max:
            notes.append(f"{row[0]}: điểm tối đa khác")
        if (unit, item.code) in ROUND.exempt:
            continue
        figures = {name: row[column[name]] for name in item.needs}
        score = row[column["Điểm tự chấm"]]
        if any(figure == "" for figure in figures.values()) or (not figures and score == ""):
            notes.append(f"{row[0]}: để trống")
        elif figures:
            earned = item.points(figures, ROUND.deadline)
            if earned is not None:
                points[item.code] = earned
            is_typed = isinstance(score, float) and score and earned is not None
            if is_typed and hundredths(score) != earned:
                notes.append(f"{row[0]}: ghi {score}, tính được {earned / 100}")
        elif not 0 <= hundredths(score) <= item.max:
            notes.append(f"{row[0]}: ngoài khoảng")
        else:
            points[item.code] = hundredths(score)
    for code, total in sums.items():
        own = sum(value for item, value in points.items() if item.startswith(f"{code}."))
        if total and total != own:
            notes.append(f"{code}: cộng được {own / 100}, ghi {total / 100}")
    return unit, points, notes, len(proposed)


# --- what follows ------------------------------------------------------------


def standing(bloc, forms, round_):
    """A bloc's units best first: name, points, total, possible, rank, band."""
    items = round_.sets[bloc["bo-chi-so"][0]]
    units = []
    for unit, points, *_ in forms:
        name, own = round_.units[unit]
        if own == bloc["ma"]:
            possible = sum(items[code].max for code in points)
            units.append([name, points, sum(points.values()), possible])
    units.sort(key=lambda it: -it[2] / it[3])
    for at, unit in enumerate(units):
        is_tied = at > 0 and unit[2] * units[at - 1][3] == units[at - 1][2] * unit[3]
        rank = units[at - 1][4] if is_tied else at + 1
        band = next(it["ten"] for it in bloc["xep-loai"] if unit[2] * 100 >= it["tu"] * unit[3])
        unit.extend([rank, band])
    return units


def percent(above, below):
    return half_up(above * 10_000, below) / 100 if below else NONE


def sheet(book, name, title, labels):
    page = book.add_worksheet(name)
    page.write_string(0, 0, title)
    page.write_row(1, 0, labels)
    return page


def ranking(book, place, units):
    labels = ["Hạng", "Đơn vị", "Tự chấm", "Tổng điểm", "Điểm tối đa", "Chỉ số (%)", "Xếp loại"]
    page = sheet(book, f"Xếp hạng {place}", "XẾP HẠNG", labels)
    for row, (name, _, total, possible, rank, band) in enumerate(units, 2):
        page.write_row(row, 0, [rank, name, total / 100, total / 100, possible / 100])
        index = f"=ROUND(D{row + 1}/E{row + 1}*100,2)"
        page.write_formula(row, 5, index, None, percent(total, possible))
        page.write_string(row, 6, band)


def areas(book, place, units, items, titles):
    names = [f"{code}. {title}" for code, title in titles]
    labels = ["Hạng", "Đơn vị", "Chỉ số (%)", *names, *[code for code, _ in titles]]
    page = sheet(book, f"Lĩnh vực {place}", "LĨNH VỰC", labels)
    shares = []
    for _, points, *_ in units:
        sums = {code: [0, 0] for code, _ in titles}
        for code, value in points.items():
            sums[items[code].area][0] += value
            sums[items[code].area][1] += items[code].max
        shares.append([sums[code] for code, _ in titles])
    places = []
    for at in range(len(titles)):
        keys = [Fraction(*share[at]) if share[at][1] else None for share in shares]
        order = sorted((key for key in keys if key is not None), reverse=True)
        first = {}
        for rank, key in enumerate(order, 1):
            first.setdefault(key, rank)
        places.append([first.get(key, NONE) for key in keys])
    for row, (name, _, total, possible, rank, _) in enumerate(units, 2):
        own = [percent(*share) for share in shares[row - 2]]
        ranks = [it[row - 2] for it in places]
        page.write_row(row, 0, [rank, name, percent(total, possible), *own, *ranks])


def matrix(book, place, units, rows):
    labels = ["Mã", "Nội dung", "Điểm tối đa", *[it[0] for it in units]]
    page = sheet(book, f"Chi tiết {place}", "CHI TIẾT", labels)
    below = {row[0]: [] for row in rows}
    for at, row in enumerate(rows, 3):
        below.get(row[0].rpartition(".")[0], []).append(at)
    columns = [xlsxwriter.utility.xl_col_to_name(at) for at in range(3, 3 + len(units))]
    for at, row in enumerate(rows, 2):
        page.write_row(at, 0, [row[0], row[1], row[2]])
        for col, (_, points, *_) in enumerate(units):
            if row[3]:
                page.write(at, 3 + col, points[row[0]] / 100 if row[0] in points else "")
                continue
            own = [value for code, value in points.items() if code.startswith(f"{row[0]}.")]
            cells = ",".join(f"{columns[col]}{it}" for it in below[row[0]])
            page.write_formula(at, 3 + col, f"=SUM({cells})", None, sum(own) / 100 if own else "")


def shortfalls(book, blocs):
    labels = ["Đơn vị", "Mã", "Điểm tối đa", "Điểm đạt", "Điểm mất"]
    page = sheet(book, "Tồn tại từng mục", "TỒN TẠI", labels)
    row = 2
    for units, items in blocs:
        for name, points, *_ in units:
            for code, value in points.items():
                if value < items[code].max:
                    most = items[code].max
                    lost = (most - value) / 100
                    page.write_row(row, 0, [name, code, most / 100, value / 100, lost])
                    row += 1
    labels = ["Đơn vị", "Số mục mất điểm", "Điểm tối đa", "Điểm đạt", "Điểm mất"]
    page = sheet(book, "Tồn tại, hạn chế", "TỒN TẠI, HẠN CHẾ", labels)
    row = 2
    for units, items in blocs:
        for name, points, total, possible, *_ in units:
            lost = sum(value < items[code].max for code, value in points.items())
            sums = [possible / 100, total / 100, (possible - total) / 100]
            page.write_row(row, 0, [name, lost, *sums])
            row += 1


def analysis(book, blocs):
    labels = ["Mã", "Điểm tối đa", "Số đơn vị", "Điểm trung bình"]
    labels += ["Trung bình so tối đa (%)", "Đạt tối đa (%)", "0 điểm (%)"]
    page = sheet(book, "Bộ chỉ số", "PHÂN TÍCH", labels)
    row = 2
    for units, items in blocs:
        for code, item in items.items():
            values = [points[code] for _, points, *_ in units if code in points]
            count = len(values)
            if item.by == "khảo sát" or not count:
                continue
            mean = half_up(sum(values), count) / 100
            shares = [percent(sum(values), count * item.max)]
            shares += [percent(values.count(ends), count) for ends in (item.max, 0)]
            page.write_row(row, 0, [code, item.max / 100, count, mean, *shares])
            row += 1


def run(folder):
    files = sorted((folder / "nop").glob("*.xlsx"))
    with ProcessPoolExecutor(2, initializer=begin, initargs=(folder,)) as pool:
        forms = list(pool.map(read, files, chunksize=16))
    begin(folder)
    out = folder / "ket-qua-python"
    out.mkdir(exist_ok=True)
    book = xlsxwriter.Workbook(out / "Tong-hop.xlsx", {"constant_memory": True})
    blocs, told = [], []
    for bloc in ROUND.blocs:
        name = bloc["bo-chi-so"][0]
        items, rows = ROUND.sets[name], ROUND.rows[name]
        units = standing(bloc, forms, ROUND)
        place = bloc["ten"].removeprefix("Khối ")
        ranking(book, place, units)
        areas(book, place, units, items, [(row[0], row[1]) for row in rows if "." not in row[0]])
        matrix(book, place, units, rows)
        blocs.append((units, items))
        names = ["don-vi", "diem", "tong", "toi-da", "hang", "xep-loai"]
        told.extend(dict(zip(names, unit)) for unit in units)
    shortfalls(book, blocs)
    analysis(book, blocs)
    log = book.add_worksheet("Nhật ký")
    for row, (unit, points, notes, proposed) in enumerate(forms):
        log.write_row(row, 0, [unit, len(points), proposed, "; ".join(notes)])
    book.close()
    (out / "ket-qua.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    lines = [f"{unit}: {note}\n" for unit, _, notes, _ in forms for note in notes]
    (out / "nhat-ky.txt").write_text("".join(lines), encoding="utf-8")


# --- the comparison ----------------------------------------------------------


def table(book, name, labels):
    """The rows below the head that has the first of these labels, by label."""
    rows = book.get_sheet_by_name(name).to_python()
    start = next(at for at, row in enumerate(rows) if labels[0] in row)
    head, start = rows[start], start + 1
    if not rows[start][0] and not rows[start][1] and rows[start][-1]:
        # Two lines of a head: the lower one says more.
        head, start = [low or high for high, low in zip(head, rows[start])], start + 1
    return [dict(zip(head, row)) for row in rows[start:]]


def agree(folder):
    """Every cell of the script's tables that ours have too is the same there."""
    year = tomllib.loads((folder / "ky.toml").read_text(encoding="utf-8"))["nam"]
    ours = CalamineWorkbook.from_path(folder / f"ket-qua/Tong-hop-{year}.xlsx")
    theirs = CalamineWorkbook.from_path(folder / "ket-qua-python/Tong-hop.xlsx")
    compared = 0
    for name in theirs.sheet_names:
        if name.startswith(("Tồn tại từng", "Nhật ký")):
            continue
        rows = theirs.get_sheet_by_name(name).to_python()
        labels, rows = rows[1], rows[2:]
        keys = {"Chi": ["Mã"], "Bộ": ["Mã", "Điểm tối đa", "Số đơn vị"]}
        keys = keys.get(name.split()[0], ["Đơn vị"])
        # The first row of a key: further tables may follow below.
        own = reversed(table(ours, name, labels))
        own = {tuple(row.get(key) for key in keys): row for row in own}
        for row in rows:
            row = dict(zip(labels, row))
            other = own.get(tuple(row[key] for key in keys))
            assert other is not None, f"{name}: {row} is not there"
            for label, value in row.items():
                if value != "" and label in other and label != "Nội dung":
                    where = f"{name}, {row[labels[0]]}, {label}"
                    assert other[label] == value, f"{where}: {other[label]} for {value}"
                    compared += 1
    print(f"{compared} cells agree")


if __name__ == "__main__":
    {"run": run, "agree": agree}[sys.argv[1]](Path(sys.argv[2]))
