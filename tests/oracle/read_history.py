"""Reads the folder of a summary: settings, units of all times, years."""

import csv
import json
import re
import tomllib
from dataclasses import dataclass, field
from fractions import Fraction

from plain import blank, day, key, number
from sheets import Table, load, words

SUCCESSIONS = {key("đổi tên"), key("đổi cấp")}
# Heads of areas may name them.
SCORED = re.compile(r"^(\d+(?:\.\d+)*)(?: .*)? \(([\d.,]+)\)$")
FIXED = ["Mã đơn vị", "Tên đơn vị", "Khối", "Chỉ số (%)", "Xếp loại", "Thứ hạng"]
REASON = "Lý do không xếp hạng"


@dataclass
class Entry:
    """One unit's year. `items`: {code: (max, points, claim)}, what applies."""

    unit: str
    bloc: str
    index: Fraction | None = None
    band: str | None = None
    rank: int | None = None
    items: dict = field(default_factory=dict)


@dataclass
class Archive:
    settings: dict
    units: dict  # id: (bloc, since, until)
    events: list  # (day, kind, before, after)
    years: dict  # year: [Entry]
    maxima: dict  # (year, bloc): {code: max}
    nominated: list
    excluded: list
    commended: list


def read(folder):
    settings = tomllib.loads((folder / "tong-ket.toml").read_text("utf-8"), parse_float=Fraction)
    units, events = register(load(folder / "don-vi.xlsx"))
    years, maxima = {}, {}
    for path in sorted(folder.iterdir()):
        if path.is_dir() and re.match(r"^\d{4}(?!\d)", path.name):
            year = int(path.name[:4])
            if settings["tu-nam"] <= year <= settings["den-nam"]:
                years[year] = one_year(path, maxima)
    people = [[], [], []]
    if (folder / "khen-thuong.xlsx").exists():
        book = load(folder / "khen-thuong.xlsx")
        sheets = [("Đề nghị", "Thành tích"), ("Không xét khen", "Lý do"), ("Đã khen", "Thành tích")]
        for at, (title, label) in enumerate(sheets):
            if title in book.sheetnames and book[title].max_row > 1:
                rows = Table(book[title], ["Mã đơn vị", label]).rows()
                people[at] = [(it.text("Mã đơn vị"), person(it), it.text(label))
                              for it in rows]
    return Archive(settings, units, events, years, maxima, *people)


def person(row):
    """Whose row it is; empty for the unit itself."""
    found = row.text("Họ và tên")
    return "" if key(found) == key("cả đơn vị") else found


def register(book):
    rows = Table(book.worksheets[0], ["Mã đơn vị", "Tên đơn vị", "Khối"]).rows()
    units = {it.text("Mã đơn vị"): (it.text("Khối"), day(it.raw("Từ ngày")),
                                    day(it.raw("Đến ngày"))) for it in rows}
    events = []
    if "Biến động" in book.sheetnames and book["Biến động"].max_row > 1:
        table = Table(book["Biến động"], ["Ngày", "Loại biến động"])
        events = [(day(it.raw("Ngày")), key(it.text("Loại biến động")),
                   words(it.text("Mã đơn vị trước")), words(it.text("Mã đơn vị sau")))
                  for it in table.rows()]
    return units, events


def one_year(folder, maxima):
    if (folder / "ket-qua.json").exists():
        return from_json(folder / "ket-qua.json", maxima)
    if (folder / "ket-qua.csv").exists():
        text = (folder / "ket-qua.csv").read_text("utf-8-sig")
        mark = ";" if text.count(";") > text.count(",") else ","
        rows = list(csv.reader(text.splitlines(), delimiter=mark))
    else:
        sheet = load(folder / "ket-qua.xlsx").worksheets[0]
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    return from_rows(rows, int(folder.name[:4]), maxima)


def exact(value):
    """A number of a cell or a text, exact to nine decimals."""
    found = number(value)
    return None if found is None else Fraction(round(Fraction(found) * 10**9), 10**9)


def from_rows(rows, year, maxima):
    head = next(at for at, row in enumerate(rows) if "Mã đơn vị" in row)
    columns = {label: at for at, label in enumerate(rows[head]) if label}
    scored = []
    for label, at in columns.items():
        found = SCORED.match(label)
        if found:
            claim = columns.get(f"{found[1]} tự chấm")
            scored.append((found[1], exact(found[2]), at, claim))
    entries = []
    for row in rows[head + 1:]:
        if blank(row[columns["Mã đơn vị"]]):
            continue
        entry = Entry(row[columns["Mã đơn vị"]], row[columns["Khối"]])
        if not blank(row[columns["Thứ hạng"]]):
            entry.index = exact(row[columns["Chỉ số (%)"]])
            entry.band = row[columns["Xếp loại"]]
            entry.rank = int(exact(row[columns["Thứ hạng"]]))
        for code, top, at, claim_at in scored:
            points = exact(row[at])
            claim = None if claim_at is None else exact(row[claim_at])
            if points is not None:
                applies(maxima, (year, entry.bloc), code, top)
                entry.items[code] = (top, points, claim)
        entries.append(entry)
    return entries


def applies(maxima, place, code, top):
    """An item belongs to a bloc's set when it applies to anyone there."""
    tops = maxima.setdefault(place, {})
    tops[code] = max(tops.get(code, 0), top)


def from_json(path, maxima):
    data = json.loads(path.read_text("utf-8"))
    entries = []
    for bloc in data["khoi"]:
        away = ("khong-con", "chua-co")
        others = [row for row in bloc["khong-xep-hang"] if row["ly-do"] not in away]
        for row in bloc["xep-hang"] + others:
            entry = Entry(row["don-vi"], bloc["ma"])
            if "hang" in row:
                entry.index = Fraction(row["chi-so"])
                entry.band, entry.rank = row["xep-loai"], row["hang"]
            for item in row.get("muc", []):
                if item["diem"] is not None:
                    place = (data["ky"]["nam"], bloc["ma"])
                    applies(maxima, place, item["ma"], Fraction(item["toi-da"]))
                    points = Fraction(item["diem"])
                    claim = item["tu-cham"] and Fraction(item["tu-cham"])
                    claim = points if item["hai-long"] is not None else claim
                    entry.items[item["ma"]] = (Fraction(item["toi-da"]), points, claim)
            entries.append(entry)
    return entries
