"""Reads what comes on top of the forms: appraisal, survey, last round's result."""

import json
import re
import unicodedata
from dataclasses import dataclass, field
from fractions import Fraction

from plain import blank, key, number
from read_round import code
from sheets import Table, load


@dataclass
class Appraisal:
    scores: dict = field(default_factory=dict)  # (unit, code) -> points
    rows: set = field(default_factory=set)  # (unit, code) that stand in a workbook
    open: set = field(default_factory=set)  # of those: changed since, and not looked at again
    doubtful: set = field(default_factory=set)  # units with a faulty bonus or penalty
    is_doubtful: bool = False  # a faulty one names no unit
    bonus: dict = field(default_factory=dict)  # unit -> points before the cap
    penalty: dict = field(default_factory=dict)


def read_appraisal(round):
    """None when no workbook came back."""
    paths = sorted((round.folder / "tham-dinh").rglob("*.xlsx"))
    paths = [path for path in paths if not path.name.startswith("~$")]
    appraisal, lines = Appraisal(), set()
    books = [(_identity(book), book) for book in map(load, paths)]
    for identity, book in sorted(books, key=lambda it: int(it[0].get("bo-sung", 0))):
        _scores(book, appraisal, is_supplement="bo-sung" in identity)
        _adjustments(round, identity["khoi"], book, appraisal, lines)
    return appraisal if paths else None


def _identity(book):
    return {str(a.value): str(b.value) for a, b in book["_cchc"].iter_rows(max_col=2)}


def _scores(book, appraisal, is_supplement):
    """A later supplement has the last word on the rows that it answers."""
    known = set(appraisal.rows)
    for row in Table(book["Thẩm định"], ["Mã đơn vị", "Mã", "Điểm thẩm định"]).rows("Mã"):
        at = (row.text("Mã đơn vị"), code(row.text("Mã")))
        appraisal.rows.add(at)
        review = key(row.text("Xem lại")) if is_supplement else ""
        if not blank(row.raw("Điểm thẩm định")):
            appraisal.scores[at] = number(row.raw("Điểm thẩm định"))
            appraisal.open.discard(at)
        elif review == key("giữ điểm đã thẩm định"):
            appraisal.open.discard(at)
        elif review:
            appraisal.scores.pop(at, None)
            appraisal.open.add(at)
        elif at in known and is_supplement:
            appraisal.open.add(at)


def _adjustments(round, bloc, book, appraisal, lines):
    """A line with an error in it counts nothing and keeps its unit provisional; a
    line that was copied counts once."""
    kinds = {key("thưởng"): appraisal.bonus, key("trừ"): appraisal.penalty}
    labels = ["Mã đơn vị", "Loại", "Điểm", "Lý do", "Căn cứ"]
    for row in Table(book["Thưởng, trừ điểm"], labels).rows():
        unit, kind, points, reason, source = [row.text(label) for label in labels]
        if not (kind or points or (unit and reason)):
            continue
        into, found = kinds.get(key(kind)), number(row.raw("Điểm"))
        is_of_bloc = unit in round.units and round.units[unit].bloc == bloc
        is_fine = found is not None and (found * 10**round.places).denominator == 1
        if is_of_bloc and into is not None and is_fine and found > 0 and reason:
            line = (unit, key(kind), found, key(reason), key(source))
            if line not in lines and any(_may_be_one(line, it) for it in lines):
                appraisal.doubtful.add(unit)
            elif line not in lines:
                into[unit] = into.get(unit, Fraction(0)) + found
                lines.add(line)
        elif is_of_bloc:
            appraisal.doubtful.add(unit)
        else:
            appraisal.is_doubtful = True


def _may_be_one(line, other):
    """The same reason, or one that goes on from it, by the same decision: a
    question, and counted once."""
    numbers, others = (re.findall(r"\d+", it[4]) for it in (line, other))
    is_one_source = not numbers or not others or numbers == others
    words = zip(_bare(line[3]), _bare(other[3]))
    return line[:2] == other[:2] and is_one_source and all(a == b for a, b in words)


def _bare(text):
    marks = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return re.sub(r"[^a-z0-9 ]", "", marks).split()


def read_survey(round):
    """Satisfaction in percent by (unit, code); None when there are no results."""
    answers = {}
    for path in sorted((round.folder / "khao-sat").rglob("*.xlsx")):
        table = Table(load(path)["Khảo sát"], ["Mã đơn vị", "Mã", "Tỷ lệ hài lòng (%)"])
        for row in table.rows("Mã"):
            percent = row.raw("Tỷ lệ hài lòng (%)")
            if not blank(percent):
                answers[row.text("Mã đơn vị"), code(row.text("Mã"))] = number(percent)
    return answers or None


def read_last(round):
    """Rank and index of each unit in last round's result."""
    standings = {}
    for path in sorted((round.folder / "ky-truoc").glob("*.json")):
        for bloc in json.loads(path.read_text("utf-8"))["khoi"]:
            for standing in bloc["xep-hang"]:
                standings[standing["don-vi"]] = standing["hang"], Fraction(standing["chi-so"])
    return standings
