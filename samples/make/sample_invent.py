"""Invents the texts of samples/ha-long-2019/nguon, once, from a fixed seed.

`python3 samples/make/sample_invent.py` needs the round's criteria sets to lie
in samples/ha-long-2019. Each unit is given an index to come near to; of many
draws the nearest is kept, and the two leaders are those of 2019.
"""

import datetime
from fractions import Fraction
from pathlib import Path
from random import Random

import second  # noqa: F401 (first: makes the others importable)
import tsv
from claims import LABELS, Claim
from ranking import band_of
from read_results import Appraisal
from read_round import code_text, read_round
from rules import NOT_APPLICABLE
from sample_answer import answer, claimed, lower
from sample_words import ACHIEVEMENTS, DOCUMENTS, REASONS, person
from scoring import card

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "ha-long-2019"
LEADERS = {"phong-ban": ("TCKH", 94.4), "phuong-xa": ("P-HA-TU", 95.6)}
LOWEST, BELOW_LEADER = 76.4, 0.9
DRAWS = 40
LATE = {"P-HA-PHONG": 3, "X-VU-OAI": 1}
PROGRAMS = ["openpyxl", "libreoffice", "sheetjs", "cchc"]


class Draft:
    """Everything invented of one unit."""

    def __init__(self, random, round, unit, quality):
        self.unit = unit
        self.dated = round.deadline + datetime.timedelta(
            LATE.get(unit.id) or -random.randint(0, 25)
        )
        self.answers, self.claims, self.granted, self.survey = {}, {}, {}, {}
        base = 70 + 28 * quality
        for item in round.sets[unit.set].items.values():
            if (unit.id, item.code) in round.exempt:
                self.claims[item.code] = Claim(not_applicable="khong-ap-dung")
            elif item.is_survey:
                percent = min(99.0, max(60.0, random.gauss(base, 3)))
                self.survey[unit.id, item.code] = Fraction(f"{percent:.1f}")
            else:
                self._own(random, round, item, quality)
        self.index = self._card(round).index

    def _own(self, random, round, item, quality):
        given = answer(random, round, item, quality, self.dated)
        points = claimed(round, item, given)
        self.answers[item.code] = given
        if points == NOT_APPLICABLE:
            self.claims[item.code] = Claim(not_applicable="khong-phat-sinh")
            return
        self.claims[item.code] = Claim(points=points)
        grants_less = random.random() < 0.06 and points > 0
        self.granted[item.code] = lower(random, item, points) if grants_less else points

    def _card(self, round):
        scores = {(self.unit.id, at): points for at, points in self.granted.items()}
        return card(round, self.unit, self, Appraisal(scores=scores), self.survey)


def targets(random, round):
    """An index for each unit: the leader's, and the others spread below it."""
    wanted = {}
    for bloc, (leader, best) in LEADERS.items():
        for unit in round.units_of(bloc):
            spread = random.betavariate(2.4, 1.7) * (best - BELOW_LEADER - LOWEST)
            wanted[unit.id] = best if unit.id == leader else LOWEST + spread
    return wanted


def drafts(random, round):
    made = []
    for unit_id, wanted in targets(random, round).items():
        near = (wanted - 62) / 35
        draws = [
            Draft(random, round, round.units[unit_id], min(0.99, random.gauss(near, 0.06)))
            for _ in range(DRAWS)
        ]
        made.append(min(draws, key=lambda draft: abs(draft.index - Fraction(wanted))))
    return made


def main():
    random, round = Random(2019), read_round(SAMPLE)
    made = drafts(random, round)
    folder = SAMPLE / "nguon"
    for set_id in round.sets:
        mine = [draft for draft in made if draft.unit.set == set_id]
        header = ["Mã đơn vị", "Mã", *LABELS.values(), "Điểm tự chấm", "Tài liệu kiểm chứng"]
        rows = [row for draft in mine for row in _answer_rows(random, draft)]
        tsv.write(folder / f"tu-cham-{set_id}.tsv", header, rows)
    _write_forms(random, folder, made)
    _write_appraisal(random, folder, made)
    _write_survey(random, folder, made)
    _write_last(random, folder, round, made)
    for draft in sorted(made, key=lambda draft: (draft.unit.bloc, -draft.index)):
        print(f"{draft.unit.bloc} {float(draft.index):6.2f} {draft.unit.name}")


def _say(value):
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else f"{float(value):g}".replace(".", ",")


def _answer_rows(random, draft):
    for code, given in draft.answers.items():
        document = random.choice(DOCUMENTS).format(random.randint(11, 400), draft.unit.id)
        figures = [_say(given.get(name)) for name in LABELS]
        yield draft.unit.id, code_text(code), *figures, _say(given.get("score")), document


def _write_forms(random, folder, made):
    rows, people = [], []
    for at, draft in enumerate(made):
        nominates = random.random() < 0.9 or draft.unit.id in dict(LEADERS.values())
        achievement = random.choice(ACHIEVEMENTS) if nominates else ""
        program = PROGRAMS[at % len(PROGRAMS)]
        rows.append((draft.unit.id, program, _say(draft.dated), achievement))
        for _ in range(random.choice([1, 1, 1, 2])):
            post = random.choice(["Chuyên viên", "Phó Trưởng phòng", "Công chức một cửa"])
            achievement = random.choice(ACHIEVEMENTS)
            people.append((draft.unit.id, person(random), post, achievement, "2019"))
    header = ["Mã đơn vị", "Chương trình lưu", "Ngày lập phiếu", "Thành tích của tập thể"]
    tsv.write(folder / "phieu.tsv", header, rows)
    header = ["Mã đơn vị", "Họ và tên", "Chức vụ", "Thành tích", "Năm"]
    tsv.write(folder / "ca-nhan.tsv", header, people)


def _write_appraisal(random, folder, made):
    rows = []
    for draft in made:
        for code, points in draft.granted.items():
            if points != draft.claims[code].points:
                rows.append((draft.unit.id, code_text(code), _say(points), random.choice(REASONS)))
    header = ["Mã đơn vị", "Mã", "Điểm thẩm định", "Lý do"]
    tsv.write(folder / "tham-dinh.tsv", header, rows)


def _write_survey(random, folder, made):
    answers = [answer for draft in made for answer in draft.survey.items()]
    rows = [
        (unit, code_text(code), _say(percent), random.randint(40, 160))
        for (unit, code), percent in answers
    ]
    header = ["Mã đơn vị", "Mã", "Tỷ lệ hài lòng (%)", "Số phiếu trả lời"]
    tsv.write(folder / "khao-sat.tsv", header, rows)


def is_new(unit_id):
    return unit_id.startswith("X-") or unit_id == "P-HOANH-BO"


def _write_last(random, folder, round, made):
    """Last year's index: a few points lower, ranked within the bloc. The city
    had no communes then, nor Hoành Bồ."""
    rows = []
    for bloc in LEADERS:
        last = {
            draft.unit.id: Fraction(f"{float(draft.index) - random.uniform(-1.5, 6):.2f}")
            for draft in made
            if draft.unit.bloc == bloc and not is_new(draft.unit.id)
        }
        for unit, index in sorted(last.items(), key=lambda pair: -pair[1]):
            rank = 1 + sum(other > index for other in last.values())
            band = band_of(round.bloc(bloc), index)
            shown = f"{float(index):.2f}"
            name = round.bloc(bloc)["ten"]
            rows.append((bloc, name, unit, round.units[unit].name, rank, band, shown))
    header = ["Khối", "Tên khối", "Mã đơn vị", "Tên đơn vị", "Hạng", "Xếp loại", "Chỉ số"]
    tsv.write(folder / "nam-2018.tsv", header, rows)


if __name__ == "__main__":
    main()
