"""Reads the table of a form: what a unit claims of each item."""

import re
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from plain import blank, day, is_ambiguous, key, number, places
from read_round import code_text
from rules import NOT_APPLICABLE, choices, compute, figures
from sheets import Table

LABELS = {"numerator": "Tử số", "denominator": "Mẫu số", "count": "Số lượng", "day": "Ngày"}
MARKS = {key(mark) for mark in ("KAD", "không áp dụng", "không phát sinh", "N/A")}
TITLE, TEXTS = "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", ["Tài liệu kiểm chứng", "Giải trình"]
COLUMNS = ["STT", "Điểm tối đa", *LABELS.values(), "Điểm tự chấm"]

LISTED, NOTHING_AROSE = "khong-ap-dung", "khong-phat-sinh"


@dataclass
class Claim:
    points: Fraction = None
    not_applicable: str = None  # LISTED or NOTHING_AROSE
    is_faulty: bool = False
    is_empty: bool = False  # nothing at all was written in the row


@dataclass
class Claims:
    by_code: dict  # code -> Claim, of every item that is not a survey item
    is_sound: bool  # no row of the table is lost, doubled or altered
    told: list  # what the rows say, to tell copies from different forms


def read_claims(round, unit, sheet):
    """None when the table has lost a column."""
    made = round.sets[unit.set]
    try:
        table = Table(sheet, COLUMNS)
    except ValueError:
        return None
    rows, is_sound = _by_code(table, made)
    claims, told = {}, []
    for item in made.items.values():
        row = rows.get(item.code)
        if not item.is_survey:
            claims[item.code] = _claim(round, unit, item, row) if row else Claim(is_faulty=True)
            told.append(row and [row.text(label) for label in [*COLUMNS, *TEXTS]])
    return Claims(claims, is_sound, told)


def _by_code(table, made):
    """The row of each node, by its printed code and never by its number; an
    item whose row is not certain is left out."""
    codes = {code_text(code): code for code in made.nodes}
    found, changed, is_sound = {}, [], True
    for row in table.rows():
        if key(row.text(TITLE)) == key("Tổng cộng"):
            break
        stt = row.raw("STT")
        if blank(stt):
            continue
        code = codes.get(stt.strip().rstrip(".")) if isinstance(stt, str) else None
        if code:
            found.setdefault(code, []).append(row)
        else:
            changed.append(row)
    for row in changed:
        fitting = [code for code in made.nodes if code not in found and _may_be(row, code, made)]
        found.setdefault(fitting[0] if len(fitting) == 1 else None, []).append(row)
    rows = {code: same[0] for code, same in found.items() if code and len(same) == 1}
    for code, row in list(rows.items()):
        if number(row.raw("Điểm tối đa")) != made.nodes[code]:
            is_sound = False
            rows.pop(code)
    is_sound &= None not in found and made.items.keys() <= rows.keys()
    return rows, is_sound


def _may_be(row, code, made):
    """Whether a row whose code was changed can be this node's: by its title, and
    by the numbers that are left of the code."""
    stt = row.raw("STT")
    if isinstance(stt, datetime):
        is_left = set(code) <= {stt.day, stt.month, stt.year % 100}
    elif isinstance(stt, str):
        is_left = re.split("[,./ -]", stt.strip().rstrip(".")) == [str(part) for part in code]
    else:
        is_left = len(code) < 3 and round(Fraction(stt), 9) == Fraction(code_text(code))
    return is_left and key(row.text(TITLE)).startswith(key(made.titles[code]))


def _claim(round, unit, item, row):
    score = row.raw("Điểm tự chấm")
    needed = figures(item.rule)
    given = {name: _figure(name, row.raw(LABELS[name])) for name in needed}
    is_marked = isinstance(score, str) and key(score) in MARKS
    is_bare = all(blank(row.raw(LABELS[name])) for name in needed)
    if (unit.id, item.code) in round.exempt:
        if is_bare and (is_marked or blank(score)):
            return Claim(not_applicable=LISTED, is_empty=True)
        return Claim(is_faulty=True)
    if needed:
        claim = _computed(round, item, given)
    else:
        claim = _typed(round, item, score, is_marked)
    is_unscored = is_bare and (needed or blank(score))
    claim.is_empty = bool(is_unscored) and blank(row.raw("Tài liệu kiểm chứng"))
    return claim


def _computed(round, item, given):
    if any(value is None or value == "bad" for value in given.values()):
        return Claim(is_faulty=True)
    if "denominator" in given and given["numerator"] > given["denominator"]:
        if given["denominator"] == 0 or not may_exceed(item.rule):
            return Claim(is_faulty=True)
    points = compute(item.rule, given, item.max, round.places, round.deadline)
    if points == NOT_APPLICABLE:
        return Claim(not_applicable=NOTHING_AROSE)
    return Claim(points=points)


def may_exceed(rule):
    """Whether a rule looks beyond 100 %, so that more may be done than was due."""
    edges = [edge for step in rule.steps for edge in (step[0], step[2]) if edge is not None]
    return (rule.target or 0) >= 100 or any(edge > 100 for edge in edges)


def _figure(name, value):
    """A figure; None when blank; "bad" when it is not one."""
    if blank(value):
        return None
    if name == "day":
        return day(value) or "bad"
    found = number(value)
    if found is None or found < 0 or is_ambiguous(value):
        return "bad"
    return "bad" if name == "count" and found.denominator != 1 else found


def _typed(round, item, score, is_marked):
    if blank(score):
        return Claim(is_faulty=True)
    points = None if is_marked or is_ambiguous(score) else number(score)
    if isinstance(score, str) and points is None:
        points = named_level(item, key(score))
    if points is None or not is_allowed(round, item, points):
        return Claim(is_faulty=True)
    return Claim(points=points)


def named_level(item, name):
    """The points of the one level that bears this name."""
    levels = {"có/không": [(key("có"), item.max), (key("không"), 0)]}.get(item.rule.kind, [])
    if item.rule.kind == "mức":
        levels = list(zip(item.rule.names, item.rule.levels))
    found = [points for level, points in levels if level == name]
    return found[0] if len(found) == 1 else None


def is_allowed(round, item, points):
    """Within the scale, not too fine, and one of the levels where there are levels."""
    allowed = choices(item.rule, item.max)
    in_scale = 0 <= points <= item.max and places(points) <= round.places
    return in_scale and (allowed is None or points in allowed)
