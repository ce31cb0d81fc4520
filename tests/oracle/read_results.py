"""Reads what comes on top of the forms: appraisal, survey, last round's result."""

import json
from dataclasses import dataclass, field
from fractions import Fraction

from plain import blank, key, number
from read_round import code
from sheets import Table, load


@dataclass
class Appraisal:
    scores: dict = field(default_factory=dict)  # (unit, code) -> points
    rows: set = field(default_factory=set)  # (unit, code) that stand in a workbook
    bonus: dict = field(default_factory=dict)  # unit -> points before the cap
    penalty: dict = field(default_factory=dict)


def read_appraisal(round):
    """None when no workbook came back."""
    paths = sorted((round.folder / "tham-dinh").rglob("*.xlsx"))
    paths = [path for path in paths if not path.name.startswith("~$")]
    appraisal = Appraisal()
    for path in paths:
        book = load(path)
        for row in Table(book["Thẩm định"], ["Mã đơn vị", "Mã", "Điểm thẩm định"]).rows("Mã"):
            at = (row.text("Mã đơn vị"), code(row.text("Mã")))
            appraisal.rows.add(at)
            if not blank(row.raw("Điểm thẩm định")):
                appraisal.scores[at] = number(row.raw("Điểm thẩm định"))
        _adjustments(book, appraisal)
    return appraisal if paths else None


def _adjustments(book, appraisal):
    for row in Table(book["Thưởng, trừ điểm"], ["Mã đơn vị", "Loại", "Điểm"]).rows("Loại"):
        is_bonus = key(row.text("Loại")) == key("thưởng")
        into = appraisal.bonus if is_bonus else appraisal.penalty
        unit = row.text("Mã đơn vị")
        into[unit] = into.get(unit, Fraction(0)) + number(row.raw("Điểm"))


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
