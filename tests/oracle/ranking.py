"""From score cards to ranks and bands, bloc by bloc."""

from dataclasses import dataclass, field
from fractions import Fraction

from plain import rounded
from scoring import Card

NOTHING = Fraction(-1)

@dataclass
class Standing:
    card: Card
    rank: int
    band: str
    shown: Fraction  # the index as it is shown
    sort_key: tuple


@dataclass
class Ranking:
    bloc: str
    standings: list = field(default_factory=list)
    unranked: dict = field(default_factory=dict)  # unit -> (reason, card or None)
    mean: Fraction = None

    @property
    def ranks(self):
        return {standing.card.unit: standing.rank for standing in self.standings}


def rank(round, bloc, cards, forms, fates, survey):
    """`cards` by unit; `fates`: units that sent something."""
    ranking = Ranking(bloc["ma"])
    ranked = []
    for unit in round.units_of(bloc["ma"]):
        card = cards.get(unit.id)
        reason = _reason(round, unit, card, forms, fates, survey)
        if reason:
            ranking.unranked[unit.id] = reason, card
        else:
            ranked.append(card)
    keys = {card.unit: _sort_key(round, card) for card in ranked}
    ranked.sort(key=lambda card: keys[card.unit], reverse=True)  # stable: register order
    for card in ranked:
        _place(round, bloc, ranking.standings, card, keys[card.unit])
    if ranked:
        shown = [standing.shown for standing in ranking.standings]
        ranking.mean = rounded(sum(shown) / len(shown), round.index_places)
    return ranking


def _reason(round, unit, card, forms, fates, survey):
    if unit.away or unit.exempt:
        return unit.away or "mien"
    if unit.id not in forms:
        return "gat-ra" if unit.id in fates else "chua-nop"
    scoring = round.settings["cham-diem"]
    may_restate = survey is None and scoring["khong-khao-sat"] == "quy-doi"
    if any(score.by == "chua-khao-sat" for score in card.items.values()) and not may_restate:
        return "chua-khao-sat"
    if card.index is None or card.assessed < scoring["ty-le-toi-thieu"]:
        return "ty-le-thap"
    return None


def compared(round, index):
    """The index as ranks, bands and award gates compare it."""
    is_exact = round.settings["cham-diem"]["so-sanh"] == "chinh-xac"
    return index if is_exact else rounded(index, round.index_places)


def _sort_key(round, card):
    return compared(round, card.index), *(
        _tie_break(card, name) for name in round.settings["cham-diem"]["tieu-chi-phu"]
    )


def _tie_break(card, name):
    """Higher is better; a unit that has nothing to compare comes last."""
    if name in ("diem-tham-dinh", "diem-khao-sat"):
        part = [
            score for score in card.items.values()
            if score.points is not None
            and (score.by == "khao-sat") == (name == "diem-khao-sat")
        ]
        possible = sum(score.max for score in part)
        return sum(score.points for score in part) / possible if possible else NOTHING
    if name == "diem-tru":
        return -card.penalty
    share = card.area_share(int(name.removeprefix("linh-vuc-")))
    return NOTHING if share is None else share


def _place(round, bloc, standings, card, sort_key):
    if standings and standings[-1].sort_key == sort_key:
        rank = standings[-1].rank
    elif round.settings["cham-diem"]["dong-hang"] == "1223":
        rank = standings[-1].rank + 1 if standings else 1
    else:
        rank = len(standings) + 1
    shown = rounded(card.index, round.index_places)
    band = band_of(bloc, compared(round, card.index))
    standings.append(Standing(card, rank, band, shown, sort_key))


def band_of(bloc, index):
    """The one band that holds an index; the lowest also takes what is below it."""
    for band in bloc["xep-loai"]:
        if band["tu"] <= index and ("duoi" not in band or index < band["duoi"]):
            return band["ten"]
    return min(bloc["xep-loai"], key=lambda band: band["tu"])["ten"]


def band_place(bloc, name):
    """0 for the best band."""
    best_first = sorted(bloc["xep-loai"], key=lambda band: -band["tu"])
    return [band["ten"] for band in best_first].index(name)
