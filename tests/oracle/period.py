"""A second computation of a summary: lines, series, moves, matrices, contents
and awards, in fractions, from the definitions."""

from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from plain import key, rounded
from read_history import SUCCESSIONS


def mean(values, places):
    values = list(values)
    return rounded(Fraction(sum(values), len(values)), places) if values else None


class Period:
    def __init__(self, archive):
        self.archive = archive
        self.settings = archive.settings
        self.places = archive.settings["so-le-chi-so"]
        self.span = range(archive.settings["tu-nam"], archive.settings["den-nam"] + 1)
        self.blocs = {it["ma"]: it["xep-loai"] for it in archive.settings["khoi"]}
        self.place = {}
        for at, note in enumerate(archive.settings.get("nam", [])):
            self.place[note["nam"]] = at

    def as_of(self, year):
        at = self.place.get(year)
        note = {} if at is None else self.settings["nam"][at]
        return str(note.get("ngay-chot", f"{year}-12-31"))

    # Lines

    @cached_property
    def follow(self):
        """{id: the last id of its unit}."""
        after = {}
        for _, kind, before, now in self.archive.events:
            if kind in SUCCESSIONS and before != now:
                after[before[0]] = now[0]
        last = {}
        for unit in self.archive.units:
            at = unit
            while at in after:
                at = after[at]
            last[unit] = at
        return last

    @cached_property
    def parents(self):
        """{last id: last ids of the units it was made of}, in order."""
        made = {}
        for _, kind, before, now in self.archive.events:
            if kind in SUCCESSIONS:
                continue
            olds = [self.follow[it] for it in before]
            for new in (self.follow[it] for it in now):
                if new not in olds:
                    own = made.setdefault(new, [])
                    own += [it for it in olds if it not in own]
        return made

    def is_composed(self, line):
        low, high = self.as_of(self.span[0]), self.as_of(self.span[-1])
        return any(
            kind not in SUCCESSIONS
            and low < day.isoformat() <= high
            and line in (self.follow[it] for it in now)
            for day, kind, _, now in self.archive.events
        )

    @cached_property
    def own(self):
        """{(line, year): entry}."""
        return {(self.follow[it.unit], year): it
                for year, entries in self.archive.years.items() for it in entries}

    @cached_property
    def lines(self):
        """Lines with results, in register order of their first id."""
        firsts = {}
        for unit in self.archive.units:
            firsts.setdefault(self.follow[unit], unit)
        started = {line for line, _ in self.own}
        order = []
        replaced = {b for _, k, before, now in self.archive.events
                    if k in SUCCESSIONS and before != now for b in now}
        for unit in self.archive.units:
            if unit not in replaced and self.follow[unit] in started:
                order.append(self.follow[unit])
        return order

    def bloc(self, line):
        return next(self.own[line, year].bloc
                    for year in reversed(self.span) if (line, year) in self.own)

    def composed(self, line, year):
        if any((line, earlier) in self.own for earlier in self.span if earlier < year):
            return None
        found = []
        for parent in self.parents.get(line, []):
            entry = self.own.get((parent, year))
            index = entry.index if entry else self.composed(parent, year)
            if index is not None:
                found.append(index)
        return mean(found, self.places)

    def ranked(self, line):
        """[(year, entry)] of the years ranked in the line's last bloc."""
        bloc = self.bloc(line)
        years = [(year, self.own.get((line, year))) for year in self.span]
        return [(y, e) for y, e in years if e and e.rank is not None and e.bloc == bloc]

    def stats(self, line):
        ranked = self.ranked(line)
        if not ranked:
            return None
        indices = [entry.index for _, entry in ranked]
        bands = self.blocs[self.bloc(line)]
        return {
            "years": len(ranked),
            "mean": mean(indices, self.places),
            "gain": indices[-1] - indices[0],
            "swing": mean([abs(b - a) for a, b in zip(indices, indices[1:])], self.places),
            "bands": [sum(entry.band == band for _, entry in ranked) for band in bands],
        }

    def continuity(self, line):
        if self.is_composed(line):
            return "ghep"
        return "lien-tuc" if len(self.ranked(line)) == len(self.span) else "dut-doan"

    # Contents

    def era(self, bloc, year):
        return next((it for it in self.settings["bo-chi-so"]
                     if bloc in it["khoi"] and it["tu-nam"] <= year <= it["den-nam"]), None)

    def content(self, bloc, year, code):
        area = code.split(".")[0]
        return next(it["noi-dung"] for it in self.era(bloc, year)["linh-vuc"] if it["ma"] == area)

    def by_content(self, bloc, year, entry, claimed):
        """{content: [points, max]}; None when points or claims are not told."""
        if not entry.items:
            return None
        sums = {}
        for code, (top, points, claim) in entry.items.items():
            got = claim if claimed else points
            if got is None:
                return None
            sums.setdefault(self.content(bloc, year, code), [Fraction(0), Fraction(0)])
            sums[self.content(bloc, year, code)][0] += got
            sums[self.content(bloc, year, code)][1] += top
        return sums

    def shares(self, sums):
        return {it: rounded(Fraction(got, top) * 100, self.places)
                for it, (got, top) in (sums or {}).items() if top > 0}

    def weights(self, bloc, year):
        sums = {}
        for code, top in self.archive.maxima.get((year, bloc), {}).items():
            content = self.content(bloc, year, code)
            sums[content] = sums.get(content, 0) + top
        return sums

    def totals(self, bloc, year):
        """{code: [points, possible]} of the ranked units."""
        sums = {}
        for entry in self.archive.years.get(year, []):
            if entry.bloc == bloc and entry.rank is not None:
                for code, (top, points, _) in entry.items.items():
                    sums.setdefault(code, [Fraction(0), Fraction(0)])
                    sums[code][0] += points
                    sums[code][1] += top
        return sums

    def trends(self, bloc):
        """{content: {year: share}}."""
        found = {}
        for year in sorted(self.archive.years):
            sums = {}
            for code, (got, top) in self.totals(bloc, year).items():
                own = sums.setdefault(self.content(bloc, year, code), [Fraction(0), Fraction(0)])
                own[0] += got
                own[1] += top
            for content, share in self.shares(sums).items():
                found.setdefault(content, {})[year] = share
        return found

    def weak(self):
        """{(bloc, era, code): ({year: share}, years weak)}."""
        limit = self.settings["nguong"]
        found = {}
        for bloc in self.blocs:
            for year in self.archive.years:
                era = self.era(bloc, year)
                for code, share in self.shares(self.totals(bloc, year)).items():
                    found.setdefault((bloc, era["ma"], code), {})[year] = share
        counted = {at: (shares, sum(it < limit["yeu-duoi"] for it in shares.values()))
                   for at, shares in found.items()}
        return {at: it for at, it in counted.items() if it[1] >= limit["so-nam-yeu"]}

    # Moves

    def moves(self):
        years = sorted(self.archive.years)
        for old, new in zip(years, years[1:]):
            for bloc in self.blocs:
                yield from self.pair(bloc, old, new)

    def listed(self, bloc, year):
        return {self.follow[it.unit]: it for it in self.archive.years[year]
                if it.bloc == bloc and it.rank is not None}

    def pair(self, bloc, old, new):
        before, after = self.listed(bloc, old), self.listed(bloc, new)
        both = [line for line in before if line in after]
        dense = [is_dense(it.rank for it in year.values()) for year in (before, after)]

        def ranks(score, which):
            """{line: rank} by a score, greatest first."""
            scores = {line: score(line) for line in both}
            if any(it is None for it in scores.values()):
                return None
            better = {line: [it for it in scores.values() if it > scores[line]] for line in both}
            return {line: 1 + len(set(it) if dense[which] else it) for line, it in better.items()}

        def claim(entry):
            claims = [it[2] for it in entry.items.values()]
            top = sum(it[0] for it in entry.items.values())
            return None if None in claims or top == 0 else Fraction(sum(claims), top)

        published = [ranks(lambda it: -before[it].rank, 0), ranks(lambda it: -after[it].rank, 1)]
        claims = [ranks(lambda it: claim(before[it]), 0), ranks(lambda it: claim(after[it]), 1)]
        is_claimed = None not in claims
        if not is_claimed:
            claims = published
        changed = self.era(bloc, old)["ma"] != self.era(bloc, new)["ma"]
        weights = self.weights(bloc, old)

        def weighted(line):
            sums = self.by_content(bloc, new, after[line], is_claimed)
            shares = {it: share for it, share in self.shares(sums).items() if it in weights}
            top = sum(weights[it] for it in shares)
            return sum(weights[it] * s for it, s in shares.items()) / top if top else None

        middle = ranks(weighted, 1)
        unknown = (["doi-bo-chi-so"] if changed and middle is None else []) + (
            [] if is_claimed else ["tham-dinh"])
        if not changed or middle is None:
            middle = claims[1]
        for line in both:
            first, last = before[line].rank, after[line].rank
            steps = [first, published[0][line], claims[0][line], middle[line], claims[1][line],
                     published[1][line], last]
            drop = [a - b for a, b in zip(steps, steps[1:])]
            yield {
                "don-vi": line, "khoi": bloc, "tu-nam": old, "den-nam": new,
                "hang-truoc": first, "hang-sau": last,
                "thuc-hien": drop[2], "doi-bo-chi-so": drop[3],
                "doi-don-vi": drop[0] + drop[5], "tham-dinh": drop[1] + drop[4],
                "khong-tach-duoc": unknown,
            }

    # Bands

    def migration(self, bloc, old, new):
        bands = self.blocs[bloc]
        size = len(bands) + 2
        counts = [[0] * size for _ in range(size)]
        for line in self.lines:
            ends = []
            for year in (old, new):
                entry = self.own.get((line, year))
                if entry is None or entry.bloc != bloc:
                    ends.append(size - 1)
                else:
                    ends.append(bands.index(entry.band) if entry.rank is not None else size - 2)
            if ends != [size - 1, size - 1]:
                counts[ends[0]][ends[1]] += 1
        return counts

    # Awards

    def awards(self):
        rules = self.settings.get("khen-thuong")
        if rules is None:
            return None
        decided = str(rules["ngay-quyet-dinh"])
        salary = max((it for it in rules["luong-co-so"] if str(it["tu"]) <= decided),
                     key=lambda it: str(it["tu"]))["muc"]
        result = {"luong-co-so": salary, "khong-de-nghi": set()}
        units = [(line, "", self.nomination(line)) for line in self.lines]
        people = [(self.follow[unit], person, text)
                  for unit, person, text in self.archive.nominated
                  if person and self.follow[unit] in self.lines]
        for kind, candidates in (("tap-the", units), ("ca-nhan", people)):
            taken, given = [], []
            for at, rule in enumerate(rules.get(kind, []), 1):
                chosen, cut = self.choose(rule, [it for it in candidates if it not in taken],
                                          taken)
                amount = money(rule["he-so"] * salary, rules["lam-tron-den"], rules["lam-tron"])
                given += [(it[0], it[1] or None, at, self.figure(rule, it[0]), amount,
                           None if cut is None else self.figure(rule, it[0]) - cut)
                          for it in chosen]
                taken += chosen
            result[kind] = given
            result["khong-de-nghi"] |= {(it[0], it[1] or None)
                                        for it in candidates if it not in taken}
        return result

    def nomination(self, line):
        return next((text for unit, person, text in self.archive.nominated
                     if not person and self.follow[unit] == line), None)

    def figure(self, rule, line):
        return self.stats(line)["mean" if rule["xep-theo"] == "trung-binh" else "gain"]

    def is_fit(self, rule, candidate):
        line, person, achievement = candidate
        stats = self.stats(line)
        if stats is None or self.bloc(line) not in rule["khoi"]:
            return False
        end = self.as_of(self.span[-1])
        _, since, until = self.archive.units[line]
        if (since and since.isoformat() > end) or (until and until.isoformat() < end):
            return False
        about = [(self.follow[u], key(p)) for u, p, _ in self.archive.excluded]
        if (line, "") in about or (line, key(person)) in about:
            return False
        # A name of two units is asked about, unless it was looked at.
        named = about + [(self.follow[u], key(p)) for u, p, _ in self.archive.nominated]
        is_twice = any(own != line and name == key(person) for own, name in named)
        if person and is_twice and person not in self.settings.get("xac-nhan", []):
            return False
        before = {(self.follow[u], key(p), key(t)) for u, p, t in self.archive.commended}
        if achievement is not None and (line, key(person), key(achievement)) in before:
            return False
        if stats["years"] < rule["so-nam-xep-hang"]:
            return False
        if "xep-loai-toi-thieu" in rule:
            worst = self.blocs[self.bloc(line)].index(rule["xep-loai-toi-thieu"])
            if sum(stats["bands"][:worst + 1]) < rule["so-nam-dat"]:
                return False
        if stats["mean"] < rule.get("trung-binh-toi-thieu", -1000):
            return False
        if stats["gain"] < rule.get("muc-tang-toi-thieu", -1000):
            return False
        return bool(person) or not rule.get("phai-de-nghi", False) or achievement is not None

    def choose(self, rule, candidates, taken):
        """Who is proposed, and the best figure left without a place."""
        fit = sorted((it for it in candidates if self.is_fit(rule, it)),
                     key=lambda it: -self.figure(rule, it[0]))
        kept = []
        for it in fit:
            same = [x for x in taken + kept if x[0] == it[0] and x[1]]
            if not it[1] or len(same) < rule["moi-don-vi"]:
                kept.append(it)
        chosen, places = [], rule["so-luong"]
        while kept:
            figure = self.figure(rule, kept[0][0])
            group = [it for it in kept if self.figure(rule, it[0]) == figure]
            kept = kept[len(group):]
            left = places - len(chosen)
            tie = 0 < left < len(group) and len({it[0] for it in group}) > 1
            if tie and rule["dong-hang-suat-cuoi"] == "lay-het":
                chosen += group
                continue
            if tie:
                return chosen, figure
            chosen += group[:max(left, 0)]
            if len(group) > max(left, 0):
                return chosen, figure
        return chosen, None


def is_dense(ranks):
    """Whether equal units are numbered 1, 2, 2, 3."""
    ranks = sorted(ranks)
    return any(rank != 1 + sum(other < rank for other in ranks) for rank in ranks)


def money(amount, step, rounding):
    steps = Fraction(amount) / step
    if rounding == "len":
        return ceil(steps) * step
    if rounding == "xuong":
        return floor(steps) * step
    return floor(steps + Fraction(1, 2)) * step
