"""The rules of scoring: their words in a criteria set, and what they make of
figures. All arithmetic in exact fractions."""

import re
from dataclasses import dataclass, field
from fractions import Fraction

from plain import day, key, number, rounded
from sheets import words

NOT_APPLICABLE = "không áp dụng"


@dataclass
class Rule:
    kind: str
    levels: list = field(default_factory=list)  # (points) of named levels, parts
    names: list = field(default_factory=list)  # of the levels, as keys
    steps: list = field(default_factory=list)  # (low, low_in, high, high_in, points)
    empty: str = ""  # what a zero denominator means
    floor: Fraction = None
    target: Fraction = None
    each: Fraction = None
    has_serious: bool = False
    due: object = None  # a day, or "submission"
    late: list = field(default_factory=list)  # (days or None, points)


FIGURES = {
    "mức theo số lượng": ["count"],
    "mức theo tỷ lệ": ["numerator", "denominator"],
    "tỷ lệ": ["numerator", "denominator"],
    "trừ điểm": ["count"],
    "thời hạn": ["day"],
    "trừ theo ngày": ["day"],
    "theo số lượng": ["count"],
}


def figures(rule):
    """The raw figures a rule needs."""
    needed = FIGURES.get(rule.kind, [])
    return ["numerator", *needed] if rule.has_serious else needed


def parse(kind, parameters):
    """A rule from the words of the columns `Cách chấm` and `Tham số`."""
    kind = next(k for k in KINDS if key(k) == key(kind))
    rule = Rule("tỷ lệ" if kind.startswith("tỷ lệ") else kind)
    for segment in words(parameters):
        _segment(rule, *_halves(segment))
    return rule


KINDS = [
    "có/không", "mức", "mức theo số lượng", "mức theo tỷ lệ", "tỷ lệ", "tỷ lệ có sàn",
    "tỷ lệ theo mục tiêu", "trừ điểm", "thời hạn", "trừ theo ngày", "cộng thành phần",
    "theo số lượng", "khảo sát",
]


def _halves(segment):
    """Splits at the `=` that is not part of `>=` or `<=`."""
    match = re.fullmatch(r"(.*?)(?<![<>])=(.*)", segment)
    return match[1].strip(), match[2].strip()


def _segment(rule, name, value):
    words_of = key(name)
    percent = number(value.rstrip("% "))
    if words_of == key("không phát sinh"):
        rule.empty = value
    elif words_of == key("sàn"):
        rule.floor = percent
    elif words_of == key("mục tiêu"):
        rule.target = percent
    elif words_of in (key("mỗi lần"), key("mỗi ngày"), key("mỗi mục")):
        rule.each = number(value)
    elif words_of == key("về 0"):
        rule.has_serious = True
    elif words_of == key("hạn"):
        rule.due = day(value) or "submission"
    elif rule.kind == "thời hạn":
        days = re.search(r"\d+", name)
        rule.late.append((int(days[0]) if days else None, number(value)))
    elif rule.kind in ("mức", "cộng thành phần"):
        rule.levels.append(number(value))
        rule.names.append(words_of)
    else:
        rule.steps.append((*_span(name.replace("%", "").replace(" ", "")), number(value)))


def _span(text):
    """`>=3`, `<70`, `70-<100`, `5-8` or a single value."""
    if match := re.fullmatch(r"(>=|>)(.+)", text):
        return number(match[2]), match[1] == ">=", None, False
    if match := re.fullmatch(r"(<=|<)(.+)", text):
        return None, False, number(match[2]), match[1] == "<="
    if match := re.fullmatch(r"([^-]+)-(<?)(.+)", text):
        return number(match[1]), True, number(match[3]), not match[2]
    return number(text), True, number(text), True


def _holds(step, value):
    low, low_in, high, high_in, _ = step
    above = low is None or value > low or (low_in and value == low)
    below = high is None or value < high or (high_in and value == high)
    return above and below


def _step(rule, value):
    """The points of the step that holds `value`; a single value that is the
    best step of percentages also takes everything above it."""
    for step in rule.steps:
        if _holds(step, value):
            return step[4]
    tops = [s for s in rule.steps if s[0] is not None and s[0] == s[2]]
    top = max(tops, key=lambda step: step[0])
    assert value > top[0], f"no step holds {value}"
    return top[4]


def compute(rule, figure, maximum, places, submission):
    """The points earned, NOT_APPLICABLE, or None when a figure is missing."""
    if any(figure.get(name) is None for name in figures(rule)):
        return None
    return _limited(_exact(rule, figure, maximum, submission), places)


def _limited(points, places):
    return points if points == NOT_APPLICABLE else rounded(points, places)


def _exact(rule, figure, maximum, submission):
    if rule.kind in ("tỷ lệ", "mức theo tỷ lệ"):
        return _ratio(rule, figure["numerator"], figure["denominator"], maximum)
    if rule.kind == "mức theo số lượng":
        return _step(rule, figure["count"])
    if rule.kind == "theo số lượng":
        return min(maximum, rule.each * figure["count"])
    if rule.kind == "trừ điểm":
        serious = rule.has_serious and figure["numerator"] > 0
        return Fraction(0) if serious else max(Fraction(0), maximum - rule.each * figure["count"])
    due = submission if rule.due == "submission" else rule.due
    late = (figure["day"] - due).days
    if late <= 0:
        return maximum
    if rule.kind == "trừ theo ngày":
        return max(Fraction(0), maximum - rule.each * late)
    return next((p for limit, p in rule.late if limit is None or late <= limit), Fraction(0))


def _ratio(rule, numerator, denominator, maximum):
    if denominator == 0:
        if key(rule.empty) == key(NOT_APPLICABLE):
            return NOT_APPLICABLE
        return maximum if key(rule.empty) == key("đủ điểm") else Fraction(0)
    percent = numerator / denominator * 100
    if rule.kind == "mức theo tỷ lệ":
        return _step(rule, percent)
    if rule.floor is not None and percent < rule.floor:
        return Fraction(0)
    return min(percent / (rule.target or 100), Fraction(1)) * maximum


def survey_points(rule, percent, maximum, places):
    """The points of a survey item for a satisfaction in percent."""
    if rule.steps:
        return rounded(_step(rule, percent), places)
    return rounded(maximum * percent / 100, places)


def choices(rule, maximum):
    """The only points that may be given, or None when any may."""
    if rule.kind == "có/không":
        return {Fraction(0), maximum}
    if rule.kind == "mức":
        return set(rule.levels)
    if rule.kind in ("mức theo số lượng", "mức theo tỷ lệ"):
        return {step[4] for step in rule.steps}
    if rule.kind == "thời hạn":
        return {maximum} | {points for _, points in rule.late}
    if rule.kind == "cộng thành phần":
        sums = {Fraction(0)}
        for part in rule.levels:
            sums |= {total + part for total in sums}
        return sums
    return None
