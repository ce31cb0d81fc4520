"""From a form, its appraisal and its survey to one unit's score card."""

from dataclasses import dataclass, field
from fractions import Fraction

from claims import LISTED
from rules import figures, survey_points

ZERO = Fraction(0)


@dataclass
class ItemScore:
    self_score: Fraction = None
    appraised: Fraction = None
    satisfaction: Fraction = None
    points: Fraction = None  # in force; None when it does not count
    max: Fraction = ZERO
    by: str = ""


@dataclass
class Card:
    unit: str
    items: dict = field(default_factory=dict)
    self_total: Fraction = ZERO
    appraised: Fraction = ZERO
    survey: Fraction = None
    bonus: Fraction = ZERO
    penalty: Fraction = ZERO
    total: Fraction = ZERO
    possible: Fraction = ZERO
    assessed: Fraction = ZERO  # percent
    lacks: set = field(default_factory=set)
    index: Fraction = None  # exact, in percent

    def area_share(self, area):
        counted = [s for at, s in self.items.items() if at[0] == area and s.points is not None]
        possible = sum((score.max for score in counted), ZERO)
        return sum((score.points for score in counted), ZERO) / possible if possible else None


def card(round, unit, form, appraisal, survey):
    made = Card(unit.id)
    items = round.sets[unit.set].items
    for item in items.values():
        if item.is_survey:
            made.items[item.code] = _survey(round, unit, item, survey, made)
        else:
            claim = form.claims[item.code]
            made.items[item.code] = _own(round, unit, item, claim, appraisal, made)
    _totals(round, made, items, appraisal, survey)
    return made


def _survey(round, unit, item, survey, made):
    score = ItemScore(max=item.max)
    if (unit.id, item.code) in round.exempt:
        score.by = LISTED
    elif survey is None or (unit.id, item.code) not in survey:
        score.by = "chua-khao-sat"
        made.lacks.add("khao-sat")
    else:
        score.satisfaction = survey[unit.id, item.code]
        score.points = survey_points(item.rule, score.satisfaction, item.max, round.places)
        score.by = "khao-sat"
    return score


def _own(round, unit, item, claim, appraisal, made):
    score = ItemScore(max=item.max)
    if claim.not_applicable:
        score.by = claim.not_applicable
        return score
    score.self_score = None if claim.is_faulty else claim.points
    score.appraised = _granted(round, unit, item, score, appraisal)
    if score.appraised is not None:
        score.points, score.by = score.appraised, "tham-dinh"
        return score
    if claim.is_faulty:
        made.lacks.add("phieu-loi")
        score.points, score.by = ZERO, "muc-loi"
    else:
        made.lacks.add("tham-dinh")
        score.points = claim.points
        score.by = "so-lieu" if figures(item.rule) else "don-vi"
    return score


def _granted(round, unit, item, score, appraisal):
    if appraisal is None:
        return None
    granted = appraisal.scores.get((unit.id, item.code))
    agrees = round.settings["cham-diem"]["tham-dinh-de-trong"] == "dong-y"
    rows = appraisal.rows - appraisal.open
    if granted is None and agrees and (unit.id, item.code) in rows:
        return score.self_score
    return granted


def _totals(round, made, items, appraisal, survey):
    scoring = round.settings["cham-diem"]
    counted = {at: score for at, score in made.items.items() if score.points is not None}
    made.self_total = sum((s.self_score for s in made.items.values() if s.self_score), ZERO)
    made.appraised = sum((s.points for at, s in counted.items() if not items[at].is_survey), ZERO)
    if any(score.by == "khao-sat" for score in counted.values()):
        made.survey = sum((s.points for at, s in counted.items() if items[at].is_survey), ZERO)
    if appraisal:
        made.lacks |= {"thuong-tru"} if made.unit in appraisal.doubtful else set()
        made.bonus = min(appraisal.bonus.get(made.unit, ZERO), scoring["diem-thuong-toi-da"])
        made.penalty = min(appraisal.penalty.get(made.unit, ZERO), scoring["diem-tru-toi-da"])
    made.total = made.appraised + (made.survey or ZERO) + made.bonus - made.penalty
    made.possible = sum((score.max for score in counted.values()), ZERO)
    whole = [item.max for item in items.values() if survey is not None or not item.is_survey]
    made.assessed = made.possible / sum(whole) * 100 if whole else ZERO
    made.index = made.total / made.possible * 100 if made.possible else None
