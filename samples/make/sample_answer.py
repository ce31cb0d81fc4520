"""Invents what one unit answers to one item, as well as the unit works.

`quality` between 0 and 1: the share of items in which the unit does what it
should.
"""

import datetime
from fractions import Fraction

from rules import NOT_APPLICABLE, choices, compute, figures


def answer(random, round, item, quality, dated):
    """Figures by name where the rule takes them, else the score."""
    does_well = random.random() < quality
    needed = figures(item.rule)
    if not needed:
        allowed = sorted(choices(item.rule, item.max), reverse=True)
        return {"score": allowed[0] if does_well else random.choice(allowed[1:3])}
    if "denominator" in needed:
        return _ratio(random, item, does_well)
    if "day" in needed:
        return {"day": _day(random, round, item, does_well, dated)}
    return _count(random, item, does_well, needed)


def _count(random, item, does_well, needed):
    given = {name: 0 for name in needed}
    if item.rule.kind == "trừ điểm":
        given["count"] = 0 if does_well else random.choice([1, 1, 2])
    else:
        given["count"] = random.randint(3, 6) if does_well else random.randint(1, 2)
    return given


def _day(random, round, item, does_well, dated):
    if item.rule.due == "submission":
        return dated
    days = random.randint(-20, 0) if does_well else random.randint(1, 20)
    return item.rule.due + datetime.timedelta(days)


# How many of something a unit has in a year, by a word of the figure's label.
USUAL = {
    "triệu đồng": (1500, 48000),
    "trễ hạn": (2, 12),
    "hồ sơ": (150, 2400),
    "văn bản đi": (300, 1800),
    "giao dịch": (120, 900),
    "báo cáo": (4, 12),
    "TTHC": (60, 240),
    "nhiệm vụ": (20, 60),
    "mục bắt buộc": (12, 12),
}


def _ratio(random, item, does_well):
    """So much was due; `done` is what the unit managed."""
    due = random.randint(*next((USUAL[word] for word in USUAL if word in item.labels), (4, 30)))
    low, high = _band(item.rule, does_well)
    share = Fraction(random.randint(int(low * 10), int(high * 10)), 1000)
    done = min(due, max(0, round_up(share * due) if does_well else int(share * due)))
    return {"numerator": done, "denominator": due}


def round_up(value):
    return -int(-value // 1)


def _band(rule, does_well):
    """Between which percentages the unit lands."""
    if rule.kind == "mức theo tỷ lệ":
        edges = sorted({step[0] for step in rule.steps if step[0] is not None}, reverse=True)
        best = edges[0]
        if does_well:
            return best, min(Fraction(100), best + 15)
        return (edges[1] if len(edges) > 1 else best / 2), best - Fraction(1, 10)
    top = min(rule.target or Fraction(100), Fraction(100))
    if does_well:
        return (top, min(Fraction(100), top + 8)) if rule.target else (Fraction(97), top)
    floor = rule.floor or Fraction(60)
    return max(floor, top * 7 / 10), max(floor, top * 95 / 100)


def claimed(round, item, given):
    """The points that an answer comes to; NOT_APPLICABLE when nothing arose."""
    if "score" in given:
        return given["score"]
    given = {name: Fraction(v) if isinstance(v, int) else v for name, v in given.items()}
    return compute(item.rule, given, item.max, round.places, round.deadline)


def lower(random, item, points):
    """What an appraiser might grant instead; `points` when there is nothing less."""
    if points == NOT_APPLICABLE:
        return points
    allowed = choices(item.rule, item.max)
    if allowed is not None:
        return max((choice for choice in allowed if choice < points), default=points)
    return max(Fraction(0), points - random.choice([Fraction(1, 4), Fraction(1, 2)]))
