"""How firm a result is, and how well each item works: computed a second time
with numpy and scipy, and compared with `ket-qua.json`.

`python3 tests/oracle/firm.py ROUND_DIR` reads the round's files, scores them
with exact fractions like `recompute.py`, and then

- leaves out each area and each item, and compares who moves (exactly);
- ranks with the plain denominator (exactly);
- draws the declared uncertainties with numpy's own generator and compares rank
  intervals (within 1) and shares of draws (within 2.5 points of percent); all
  joint intervals of a bloc hold together in 90 % of the draws (within 2.5);
- compares means, difficulty, spread (exactly or within the last decimal),
  corrected item–rest correlations and closest items (within 0.01) with numpy
  and scipy.

The definitions are those of the OECD/JRC handbook (2008) and of COINr: the
interval is that of the 5th to the 95th percentile of the ranks, R̄S is the mean
absolute shift of ranks. Ends with code 1 when anything differs.
"""

import json
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
from scipy import stats

from plain import number, rounded
from ranking import compared, rank
from read_forms import SET_ASIDE, read_forms
from read_results import read_appraisal, read_survey
from read_round import code, code_text, read_round
from rules import choices
from scoring import card
from sheets import Table, load

DRAWS, BATCH = 20_000, 1_000
SHARE, CORRELATION, JOINT = 2.5, 0.0101, 90
# A correlation that is shown as 0,00.
NOTHING = 0.005


class Check:
    def __init__(self, folder):
        self.round = round = read_round(folder)
        files, forms = read_forms(round)
        self.survey = read_survey(round)
        appraisal = read_appraisal(round)
        self.counts = _answers(folder)
        cards = {
            unit: card(round, round.units[unit], form, appraisal, self.survey)
            for unit, form in forms.items()
            if not round.units[unit].exempt
        }
        self.cards = cards
        set_aside = {form.unit for form in files if form.fate == SET_ASIDE}
        self.rankings = [
            rank(round, bloc, cards, forms, set_aside, self.survey)
            for bloc in round.settings["khoi"]
        ]
        self.found = json.loads((folder / "ket-qua" / "ket-qua.json").read_text("utf-8"))
        self.differences, self.compared = [], 0

    def same(self, what, expected, found):
        self.compared += 1
        if expected != found:
            self.differences.append(f"{what}: {expected} ở đây, {found} trong ket-qua.json")

    def near(self, what, expected, found, tolerance):
        self.compared += 1
        if (expected is None) != (found is None) or (
            expected is not None and abs(float(expected) - float(found)) > tolerance
        ):
            self.differences.append(f"{what}: {expected} ở đây, {found} trong ket-qua.json")

    # Ranks under other rules, with fractions.

    def ranks(self, ranking, of):
        """Ranks of a bloc when `of` gives what each card is sorted by."""
        keys = {s.card.unit: of(s.card) for s in ranking.standings}
        is_dense = self.round.settings["cham-diem"]["dong-hang"] == "1223"
        better = lambda unit: {key for key in keys.values() if key > keys[unit]}  # noqa: E731
        count = lambda unit: sum(1 for key in keys.values() if key > keys[unit])  # noqa: E731
        return {unit: 1 + (len(better(unit)) if is_dense else count(unit)) for unit in keys}

    def key_without(self, dropped):
        def of(made):
            kept = {
                at: score
                for at, score in made.items.items()
                if score.points is not None and at[: len(dropped)] != dropped
            }
            items = self.round.sets[self.round.units[made.unit].set].items
            sums = lambda holds: sum(  # noqa: E731
                (s.points for at, s in kept.items() if holds(at)), Fraction(0)
            )
            possible = sum((score.max for score in kept.values()), Fraction(0))
            total = sums(lambda at: True) + made.bonus - made.penalty
            index = total / possible * 100 if possible else Fraction(-1000)
            def share(holds):
                most = sum((s.max for at, s in kept.items() if holds(at)), Fraction(0))
                return sums(holds) / most if most else Fraction(-1)

            ties = []
            for name in self.round.settings["cham-diem"]["tieu-chi-phu"]:
                if name == "diem-tham-dinh":
                    ties.append(share(lambda at: not items[at].is_survey))
                elif name == "diem-khao-sat":
                    own = share(lambda at: items[at].is_survey)
                    ties.append(Fraction(-1) if made.survey is None else own)
                elif name == "diem-tru":
                    ties.append(-made.penalty)
                else:
                    area = int(name.removeprefix("linh-vuc-"))
                    ties.append(share(lambda at, area=area: at[0] == area))
            return compared(self.round, index), *ties

        return of

    def drops(self, ranking, found):
        now = ranking.ranks
        for drop in found["bo-tung-muc"] if now else []:
            then = self.ranks(ranking, self.key_without(code(drop["ma"])))
            shifts = [abs(now[unit] - then[unit]) for unit in now]
            what = f"{ranking.bloc}, bỏ {drop['ma']}"
            self.same(f"{what}, số đơn vị", sum(1 for it in shifts if it), drop["doi-hang"])
            mean = rounded(Fraction(sum(shifts), len(shifts)), 2)
            self.same(f"{what}, trung bình", mean, Fraction(drop["doi-trung-binh"]))
            first = drop["hang-nhat"]
            is_kept = any(now[unit] == 1 and then[unit] == 1 for unit in now)
            self.same(f"{what}, hạng nhất giữ", is_kept or first is None, first is None)
            if first:
                self.same(f"{what}, hạng của {first}", 1, then[first])

    def plain(self, ranking, found):
        survey = self.survey is not None

        def of(made):
            items = self.round.sets[self.round.units[made.unit].set].items.values()
            whole = sum((it.max for it in items if survey or not it.is_survey), Fraction(0))
            return compared(self.round, made.total / whole * 100), *self.key_without((0,))(made)[1:]

        now, then = ranking.ranks, self.ranks(ranking, of)
        expected = {unit: (now[unit], then[unit]) for unit in now if now[unit] != then[unit]}
        told = {it["don-vi"]: (it["hang"], it["hang-khong-quy-doi"]) for it in found["khong-quy-doi"]}
        self.same(f"{ranking.bloc}, không quy đổi", expected, told)

    # The simulation, with numpy.

    def draws(self, ranking, found, decisions):
        settings = self.round.settings["do-vung"].get("mo-phong")
        if settings is None:
            return
        units = [s.card.unit for s in ranking.standings]
        random = np.random.default_rng(20_191_231)
        model = [self._model(unit) for unit in units]
        ranks = np.empty((DRAWS, len(units)), dtype=np.int32)
        index = np.empty((DRAWS, len(units)))
        for at in range(0, DRAWS, BATCH):
            weights = {}
            for number_of, unit in enumerate(units):
                own = self.round.units[unit].set
                if own not in weights:
                    width = float(settings.get("trong-so", 0)) / 100
                    count = len(self.round.sets[own].items)
                    weights[own] = 1 + random.uniform(-width, width, (BATCH, count))
                points = self._points(model[number_of], settings, random)
                total = (points * weights[own]).sum(axis=1) + model[number_of]["extra"]
                possible = (model[number_of]["max"] * weights[own]).sum(axis=1)
                index[at : at + BATCH, number_of] = total / possible * 100
        if self.round.settings["cham-diem"]["so-sanh"] == "lam-tron":
            index = np.round(index, self.round.index_places)
        ranks = stats.rankdata(-np.round(index, 9), method="min", axis=1)
        low, high = (np.quantile(ranks, q, axis=0, method="inverted_cdf") for q in (0.05, 0.95))
        bands = [float(b["tu"]) for b in ranking_bands(self.round, ranking.bloc)]
        jointly = np.full(DRAWS, True)
        for it in found["khoang-hang"]:
            unit = it["don-vi"]
            place = units.index(unit)
            self.near(f"{unit}, hạng 5 %", low[place], it["hang-5"], 1)
            self.near(f"{unit}, hạng 95 %", high[place], it["hang-95"], 1)
            own = ranks[:, place]
            jointly &= (it["dong-thoi-tu"] <= own) & (own <= it["dong-thoi-den"])
            first = (ranks[:, place] == 1).mean() * 100
            self.near(f"{unit}, đứng đầu", first, it["dung-dau"], SHARE)
            band_now = _band(bands, float(compared(self.round, ranking.standings[place].card.index)))
            in_band = (_bands(bands, index[:, place]) == band_now).mean() * 100
            self.near(f"{unit}, giữ xếp loại", in_band, it["giu-xep-loai"], SHARE)
        held = min(JOINT, jointly.mean() * 100)
        self.near(f"{ranking.bloc}, khoảng đồng thời", JOINT, held, SHARE)
        for it in decisions:
            unit = units.index(it["don-vi"])
            if it["doi-voi"]:
                stays = ranks[:, unit] < ranks[:, units.index(it["doi-voi"])]
            else:
                reached = index >= float(it["mep"])
                now = compared(self.round, ranking.standings[unit].card.index) >= Fraction(it["mep"])
                stays = reached[:, unit] == now
            what = f"{it['loai']} {it['don-vi']} – {it['doi-voi'] or it['mep']}"
            self.near(f"{what}, giữ nguyên", stays.mean() * 100, it["giu-nguyen"], SHARE)

    def _model(self, unit):
        made = self.cards[unit]
        items = self.round.sets[self.round.units[unit].set].items
        model = {"points": [], "max": [], "judged": [], "survey": []}
        for at, item in enumerate(items.values()):
            score = made.items[item.code]
            counts = score.points is not None
            model["points"].append(float(score.points) if counts else 0.0)
            model["max"].append(float(score.max) if counts else 0.0)
            kinds = ("có/không", "mức", "cộng thành phần")
            if counts and item.rule.kind in kinds and score.by in ("tham-dinh", "don-vi"):
                ladder = sorted(map(float, choices(item.rule, item.max)))
                now = next(n for n, it in enumerate(ladder) if it >= float(score.points))
                model["judged"].append((at, np.array(ladder), now))
            if counts and score.by == "khao-sat":
                percent = float(score.satisfaction)
                model["survey"].append((at, percent, self.counts[unit, item.code], item))
        model["points"], model["max"] = np.array(model["points"]), np.array(model["max"])
        model["extra"] = float(made.bonus - made.penalty)
        return model

    def _points(self, model, settings, random):
        points = np.tile(model["points"], (BATCH, 1))
        judged = settings.get("tham-dinh")
        for at, ladder, now in model["judged"] if judged else []:
            most = judged["bac"]
            moved = random.random(BATCH) < float(judged["co-hoi"]) / 100
            last = len(ladder) - 1
            # At an end there is one way to differ.
            ways = [1] if now == 0 else [-1] if now == last else [-1, 1]
            to = now + random.integers(1, most + 1, BATCH) * random.choice(ways, BATCH)
            points[:, at] = np.where(moved, ladder[np.clip(to, 0, last)], points[:, at])
        for at, percent, answers, item in model["survey"] if settings.get("khao-sat") else []:
            drawn = 100 * _wilson(percent / 100, answers, random.standard_normal(BATCH))
            step = 10.0**self.round.places
            if item.rule.steps:
                lows = [(float(s[0]) if s[0] is not None else 0.0, float(s[4])) for s in item.rule.steps]
                lows.sort()
                place = np.searchsorted([low for low, _ in lows], drawn, side="right") - 1
                points[:, at] = np.array([worth for _, worth in lows])[place]
            else:
                points[:, at] = np.floor(float(item.max) * drawn / 100 * step + 0.5) / step
        return points

    # How well each item works.

    def items(self, of_set):
        units = [u for u in self.cards if self.round.units[u].set == of_set["bo-chi-so"]]
        items = self.round.sets[of_set["bo-chi-so"]].items
        table = np.array(
            [
                [np.nan if made.items[at].points is None else float(made.items[at].points) for at in items]
                for made in (self.cards[unit] for unit in units)
            ]
        )
        maxima = np.array([float(item.max) for item in items.values()])
        possible = np.where(np.isnan(table), 0, maxima).sum(axis=1)
        earned = np.nansum(table, axis=1)
        for at, it in enumerate(of_set["muc"]):
            what, own = f"{of_set['bo-chi-so']} {it['ma']}", table[:, at]
            has = ~np.isnan(own)
            self.same(f"{what}, mã", code_text(list(items)[at]), it["ma"])
            self.same(f"{what}, số đơn vị", int(has.sum()), it["so-don-vi"])
            mean = own[has].mean() if has.any() else None
            # Half of the last decimal, and what floats add.
            last = 0.51 * 10.0**-self.round.places
            self.near(f"{what}, trung bình", mean, it["trung-binh"], last)
            spread = np.std(own[has]) if has.any() else None
            self.near(f"{what}, độ phân tán", spread, it["do-phan-tan"], last)
            both = has & (possible > maxima[at])  # a unit may have no other item
            rest = (earned - own)[both] / (possible - maxima[at])[both]
            r = _pearson(own[both], rest)
            self.near(f"{what}, độ phân biệt", r, it["do-phan-biet"], CORRELATION)
            pairs = [(_pair(own, table[:, o]), list(items)[o]) for o in range(len(maxima)) if o != at]
            # Floats make a hair of nothing out of items that have nothing in common, here
            # and there.
            best = max((r for r, _ in pairs if r is not None and r > NOTHING), default=None)
            told = it["tuong-quan"] if float(it["tuong-quan"] or 0) else None
            self.near(f"{what}, tương quan", best, told, CORRELATION)
            if best is not None and told is not None:
                named = dict((code_text(o), r) for r, o in pairs)[it["giong-nhat"]]
                self.near(f"{what}, giống {it['giong-nhat']}", named, best, CORRELATION)


def ranking_bands(round, bloc):
    return sorted(round.bloc(bloc)["xep-loai"], key=lambda band: -band["tu"])


def _bands(lows, index):
    """The place of the first band whose lower edge is reached."""
    edges = np.array(lows[:-1])
    return (index[:, None] < edges[None, :]).sum(axis=1)


def _band(lows, index):
    return int(_bands(lows, np.array([index]))[0])


def _wilson(share, answers, z):
    """The root p of n(share - p)² = z²p(1 - p) on the side of z (Wilson, 1927)."""
    a = answers + z**2
    b = -(2 * answers * share + z**2)
    c = answers * share**2
    root = np.sqrt(np.maximum(b**2 - 4 * a * c, 0))
    return np.clip((-b + np.sign(z) * root) / (2 * a), 0, 1)


def _pearson(xs, ys):
    if len(xs) < 3 or np.ptp(xs) < 1e-9 or np.ptp(ys) < 1e-9:
        return None
    return stats.pearsonr(xs, ys).statistic


def _pair(xs, ys):
    both = ~np.isnan(xs) & ~np.isnan(ys)
    return _pearson(xs[both], ys[both])


def _answers(folder):
    """How many answered, by (unit, code)."""
    counts = {}
    for path in sorted((folder / "khao-sat").rglob("*.xlsx")):
        table = Table(load(path)["Khảo sát"], ["Mã đơn vị", "Mã", "Số phiếu trả lời"])
        for row in table.rows("Mã"):
            count = number(row.raw("Số phiếu trả lời"))
            if count:
                counts[row.text("Mã đơn vị"), code(row.text("Mã"))] = float(count)
    return counts


def exact(folder):
    """The differences in everything that needs no draws."""
    check = Check(folder)
    for ranking, found in zip(check.rankings, check.found["do-vung"]["khoi"], strict=True):
        check.drops(ranking, found)
        check.plain(ranking, found)
    for of_set in check.found["phan-tich"]:
        check.items(of_set)
    return check.differences


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    check = Check(Path(sys.argv[1]))
    firm = check.found["do-vung"]
    for ranking, found in zip(check.rankings, firm["khoi"], strict=True):
        check.drops(ranking, found)
        check.plain(ranking, found)
        decisions = [it for it in firm["quyet-dinh"] if it["khoi"] == ranking.bloc]
        check.draws(ranking, found, decisions)
    for of_set in check.found["phan-tich"]:
        check.items(of_set)
    for difference in check.differences:
        print(difference)
    print(f"{check.compared} so sánh, {len(check.differences)} khác biệt")
    sys.exit(1 if check.differences else 0)


if __name__ == "__main__":
    main()
