"""Awards: who is proposed, by which rule, for how much, and who is not and why."""

import math
from dataclasses import dataclass
from fractions import Fraction

from plain import key, may_be_one
from ranking import band_place, compared
from read_round import base_salary

# Why somebody gets nothing, from far to near a place.
NEARER = [
    "khong-xep-hang", "loai-tru", "thu-hang", "chi-so", "xep-loai", "nop-muon", "khong-de-nghi",
    "chua-ro", "het-suat", "het-suat-don-vi", "dong-hang", "cho-quyet-dinh",
]


@dataclass
class Award:
    unit: str
    person: str  # "" for the unit itself
    rule: int  # from 1
    rank: int
    shown: Fraction
    amount: int
    margin: Fraction = None


@dataclass
class Candidate:
    standing: object
    person: str = ""

    @property
    def name(self):
        return self.standing.card.unit, self.person


class Awarding:
    """One kind of award: collectives, or individuals."""

    def __init__(self, round, forms, is_individual):
        self.round, self.forms, self.is_individual = round, forms, is_individual
        self.given, self.declined = [], {}
        self.settings = round.settings["khen-thuong"]
        self.alike = self._alike() if is_individual else {}
        self.left = self.settings.get("tong-ca-nhan" if is_individual else "tong-tap-the", math.inf)

    def run(self, rankings):
        for number, rule in enumerate(self._rules(), 1):
            for bloc in rule["khoi"]:
                ranking = next(r for r in rankings if r.bloc == bloc)
                self._bloc(number, rule, ranking)
        self._forgotten(rankings)
        for award in self.given:
            self.declined.pop((award.unit, award.person), None)
        return self

    def _rules(self):
        return self.settings.get("ca-nhan" if self.is_individual else "tap-the", [])

    def _forgotten(self, rankings):
        """Whoever was nominated and met no rule at all found no place."""
        for unit in [unit for r in rankings for unit in [*r.ranks, *self._unranked(r)]]:
            if self.is_individual or (unit in self.forms and self.forms[unit].nominates_itself):
                for person in self._people(unit):
                    self.declined.setdefault((unit, person), "het-suat")

    def _bloc(self, number, rule, ranking):
        eligible = []
        for standing in ranking.standings:
            eligible += self._candidates(rule, standing)
        for unit in self._unranked(ranking):
            for person in self._people(unit):
                self._decline((unit, person), self._barred(unit, person) or "khong-xep-hang")
        chosen, left_out = self._cut(rule, eligible, max(0, min(rule["so-luong"], self.left)))
        self.left -= len(chosen)
        best = max((candidate.standing.shown for candidate in left_out), default=None)
        for it in chosen:
            margin = None if best is None else it.standing.shown - best
            rank, shown = it.standing.rank, it.standing.shown
            self.given.append(Award(*it.name, number, rank, shown, self._amount(rule), margin))

    def _unranked(self, ranking):
        return [unit for unit in ranking.unranked if not self.round.units[unit].away]

    def _people(self, unit):
        """The nominees of a unit in form order, each once; for a collective, ""."""
        if not self.is_individual:
            return [""]
        names = {}
        for name, _ in self.forms[unit].people if unit in self.forms else []:
            names.setdefault(key(name), name)
        return list(names.values())

    def _candidates(self, rule, standing):
        """Those of one ranked unit who pass the gates of a rule."""
        unit, passed = standing.card.unit, []
        given = {(award.unit, award.person) for award in self.given}
        reason = self._gate(rule, standing)
        most = rule["moi-don-vi"] if self.is_individual else 1
        for it in [Candidate(standing, person) for person in self._people(unit)]:
            if it.name in given:
                continue
            if self._barred(unit, it.person) or reason:
                self._decline(it.name, self._barred(unit, it.person) or reason)
            elif len(passed) == most:
                self._decline(it.name, "het-suat-don-vi")
            else:
                passed.append(it)
        return passed

    def _barred(self, unit, person):
        """Excluded, or like somebody who is and whom nobody answers for."""
        excluded = {(it, key(name)) for it, name in self.round.excluded}
        if self.alike.get((unit, person)):
            return self.alike[unit, person]
        return "loai-tru" if {(unit, ""), (unit, key(person))} & excluded else None

    def _alike(self):
        """Persons whose name is nearly an excluded one that nobody bears."""
        alike = {}
        people = [(unit, it) for unit in self.forms for it in self._people(unit) if it]
        for unit, name in [it for it in self.round.excluded if it[1]]:
            near = [it for it in people if may_be_one(name, it[1])]
            if any(key(name) == key(it) for _, it in people):
                continue
            for it in [it for it in near if it[0] == unit] or near:
                known = [is_one for names, units, is_one in self.round.rulings
                         if {key(name), key(it[1])} <= names and {unit, it[0]} <= units]
                answer = {True: "loai-tru", False: None}[known[0]] if known else "chua-ro"
                alike[it] = answer or alike.get(it)
        return alike

    def _decline(self, name, reason):
        """Of several rules' reasons, the one nearest to a place."""
        known = self.declined.get(name, reason)
        self.declined[name] = max(known, reason, key=NEARER.index)

    def _gate(self, rule, standing):
        """The first gate that a unit fails, or None."""
        unit, bloc = standing.card.unit, self.round.bloc(self.round.units[standing.card.unit].bloc)
        form, lowest = self.forms[unit], rule.get("xep-loai-toi-thieu")
        index = compared(self.round, standing.card.index)
        is_late = form.dated is None or form.dated > self.round.deadline
        gates = [
            ("thu-hang", standing.rank > rule.get("hang-toi-da", math.inf)),
            ("chi-so", index < rule.get("chi-so-toi-thieu", -math.inf)),
            ("xep-loai", lowest and band_place(bloc, standing.band) > band_place(bloc, lowest)),
            ("nop-muon", rule.get("dung-han") and is_late),
            ("khong-de-nghi", rule.get("phai-de-nghi") and not self._is_nominated(form)),
        ]
        return next((reason for reason, fails in gates if fails), None)

    def _is_nominated(self, form):
        return self.is_individual or form.nominates_itself

    def _cut(self, rule, eligible, places):
        """Those who win and those eligible who do not. A tie group that does not
        fit is ruled whole: all, none, or none yet."""
        if len(eligible) <= places:
            return eligible, []
        last = eligible[places - 1].standing.rank if places > 0 else None
        before = [it for it in eligible if last and it.standing.rank < last]
        group = [it for it in eligible if it.standing.rank == last]
        after = eligible[len(before) + len(group) :]
        is_one_unit = len({it.standing.card.unit for it in group}) < 2
        if len(before) + len(group) <= places or is_one_unit:
            self._decline_all(eligible[places:], "het-suat")
            return eligible[:places], eligible[places:]
        self._decline_all(after, "het-suat")
        if rule["dong-hang-suat-cuoi"] == "lay-het":
            return before + group, after
        takes_none = rule["dong-hang-suat-cuoi"] == "khong-lay"
        self._decline_all(group, "dong-hang" if takes_none else "cho-quyet-dinh")
        return before, group + after

    def _decline_all(self, candidates, reason):
        for it in candidates:
            self._decline(it.name, reason)

    def _amount(self, rule):
        """Coefficient × base salary, to a whole number of steps."""
        step = self.settings["lam-tron-den"]
        steps = Fraction(rule["he-so"]) * base_salary(self.round.settings) / step
        ways = {"len": math.ceil, "xuong": math.floor}
        nearest = lambda value: math.floor(value + Fraction(1, 2))  # noqa: E731
        return ways.get(self.settings["lam-tron"], nearest)(steps) * step
