"""Reads what the secretariat decides: settings, criteria sets, register, N/A list."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from plain import day, key, number
from rules import parse
from sheets import Table, load, words


@dataclass
class Item:
    code: tuple
    max: Fraction
    rule: object
    is_survey: bool
    may_be_exempt: bool
    labels: str  # what the figures are, in words

    @property
    def area(self):
        return self.code[0]


@dataclass
class Set:
    id: str
    items: dict = field(default_factory=dict)  # code -> Item, in code order
    nodes: dict = field(default_factory=dict)  # code -> max, headings too
    titles: dict = field(default_factory=dict)  # code -> title, headings too


@dataclass
class Unit:
    id: str
    name: str
    other_names: list
    bloc: str
    set: str
    exempt: str
    away: str = ""  # why it is no part of the round, if it is not


@dataclass
class Round:
    folder: object
    settings: dict
    sets: dict
    units: dict  # id -> Unit, in register order
    excluded: list  # (unit id, the person or "")
    rulings: list  # (keys of names, ids of units, whether they are one person)
    exempt: set  # (unit id, code)

    @property
    def places(self):
        return self.settings["cham-diem"]["so-le-diem"]

    @property
    def index_places(self):
        return self.settings["cham-diem"]["so-le-chi-so"]

    @property
    def deadline(self):
        return self.settings["nop-phieu"]["han"]

    def bloc(self, bloc_id):
        return next(bloc for bloc in self.settings["khoi"] if bloc["ma"] == bloc_id)

    @property
    def members(self):
        return [unit for unit in self.units.values() if not unit.away]

    def units_of(self, bloc_id):
        """Those that are there on the day that counts, then the others."""
        own = [unit for unit in self.units.values() if unit.bloc == bloc_id]
        return sorted(own, key=lambda unit: bool(unit.away))


def code(text):
    """A code as numbers: `1.10` is (1, 10), never 1.1."""
    return tuple(int(part) for part in text.strip().rstrip(".").split("."))


def code_text(code):
    return ".".join(map(str, code))


def read_round(folder):
    settings = tomllib.loads((folder / "ky.toml").read_text("utf-8"), parse_float=Fraction)
    sets = {path.stem: _set(path) for path in sorted((folder / "bo-chi-so").glob("*.xlsx"))}
    units, excluded, rulings = _register(folder / "don-vi.xlsx", settings)
    exempt = _exempt(folder / "khong-ap-dung.xlsx", units, sets)
    return Round(folder, settings, sets, units, excluded, rulings, exempt)


def _set(path):
    made = Set(path.stem)
    for row in Table(load(path).worksheets[0], ["Mã", "Nội dung", "Điểm tối đa"]).rows():
        if not row.text("Mã") or key(row.text("Mã")) == key("Tổng cộng"):
            continue
        at, maximum = code(row.text("Mã")), number(row.raw("Điểm tối đa"))
        made.nodes[at] = maximum
        made.titles[at] = row.text("Nội dung")
        if not row.text("Cách chấm"):
            continue
        origin = key(row.text("Nguồn điểm"))
        made.items[at] = Item(
            at,
            maximum,
            parse(row.text("Cách chấm"), row.text("Tham số")),
            origin == key("khảo sát"),
            key(row.text("Không áp dụng")) == key("được"),
            row.text("Số liệu kê khai"),
        )
    made.items = dict(sorted(made.items.items()))
    return made


def _register(path, settings):
    book = load(path)
    units, excluded, rulings = {}, [], []
    for row in Table(book["Đơn vị"], ["Mã đơn vị", "Tên đơn vị"]).rows():
        bloc = next(b for b in settings["khoi"] if key(b["ma"]) == key(row.text("Khối")))
        unit = Unit(
            row.text("Mã đơn vị").upper(),
            row.text("Tên đơn vị"),
            words(row.text("Tên khác")),
            bloc["ma"],
            row.text("Bộ chỉ số") or bloc["bo-chi-so"][0],
            row.text("Miễn đánh giá"),
        )
        counted = settings["nop-phieu"].get("ngay-chot") or date(settings["nam"], 12, 31)
        since, until = (day(row.raw(label)) for label in ("Từ ngày", "Đến ngày"))
        if (since and counted < since) or (until and until < counted):
            unit.away = "chua-co" if since and counted < since else "khong-con"
        units[unit.id] = unit
    if "Không xét khen" in book.sheetnames:
        for row in Table(book["Không xét khen"], ["Mã đơn vị", "Họ và tên"]).rows():
            person = row.text("Họ và tên")
            is_whole = key(person) == key("cả đơn vị")
            excluded.append((row.text("Mã đơn vị").upper(), "" if is_whole else person))
    if "Trùng tên" in book.sheetnames:
        for row in Table(book["Trùng tên"], ["Họ và tên", "Các đơn vị", "Là"]).rows():
            names = {key(name) for name in words(row.text("Họ và tên"))}
            ids = {it.upper() for it in words(row.text("Các đơn vị"))}
            rulings.append((names, ids, key(row.text("Là")) == key("cùng người")))
    return units, excluded, rulings


def _exempt(path, units, sets):
    """A heading's code stands for all its items that may be exempt."""
    exempt = set()
    if not path.exists():
        return exempt
    for row in Table(load(path).worksheets[0], ["Mã đơn vị", "Mã tiêu chí"]).rows():
        unit = units[row.text("Mã đơn vị").upper()]
        for at in map(code, words(row.text("Mã tiêu chí"))):
            for item in sets[unit.set].items.values():
                if item.code[: len(at)] == at and item.may_be_exempt:
                    exempt.add((unit.id, item.code))
    return exempt


def base_salary(settings):
    """The base salary in force on the day of the decision."""
    award = settings["khen-thuong"]
    known = [s for s in award["luong-co-so"] if s["tu"] <= award["ngay-quyet-dinh"]]
    return max(known, key=lambda salary: salary["tu"])["muc"]
