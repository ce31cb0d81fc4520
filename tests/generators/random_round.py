"""Makes one random round in a folder: its files, its forms, appraisal, survey.

The forms are blank forms of `cchc forms`, filled in; so are the appraisal
workbooks of `cchc appraise`. The same seed makes the same round.
"""

import datetime
import shutil
from fractions import Fraction
from random import Random
from zipfile import BadZipFile

from fill import fill
from plain import key, number
from random_faults import FAULTS, stray_files
from random_settings import DEADLINE, person_name, write_round
from read_round import code, code_text
from rules import choices, figures
from sheets import Table, load


def make_round(seed, folder, cchc):
    """`cchc`: runs the program with these arguments."""
    random = Random(seed)
    round = write_round(random, folder)
    cchc("forms", folder)
    _forms(random, round)
    if random.random() < 0.5:
        _last(folder, cchc)
    if random.random() < 0.7:
        cchc("appraise", folder)
        _appraise(random, round)
        if random.random() < 0.4:
            _send_again(random, round)
            cchc("appraise", folder)
            _review(random, round)
    if random.random() < 0.75:
        _survey(random, round)


def _forms(random, round):
    """Nine units in ten send a form; one form in six has something about it. In
    some rounds most units give the answers of the one before them."""
    top, last_answers = round.folder / "nop", {}
    new_answers = random.choice([0.2, 0.7])
    for unit in round.members:
        if random.random() < 0.1:
            continue
        answers = last_answers.get(unit.set)
        if answers is None or random.random() < new_answers:
            answers = _answers(random, round, unit)
        last_answers[unit.set] = answers
        book = load(round.folder / "mau" / f"{unit.id}.xlsx", values=False)
        days = random.choice([-20, -5, 0, 0, 1, 12])
        dated = DEADLINE + datetime.timedelta(days) if random.random() < 0.95 else None
        people = [_person(unit, n) for n in range(random.randint(0, 3))]
        itself = [{"Tên tập thể": unit.name, "Thành tích": "Dẫn đầu", "Năm": "2019"}]
        mine = {at: it for at, it in answers.items() if (unit.id, code(at)) not in round.exempt}
        fill(book, mine, dated, people, itself if random.random() < 0.8 else [])
        path = top / random.choice(["", "dot-2/"]) / f"{unit.id} {unit.name}.xlsx"
        path.parent.mkdir(exist_ok=True)
        if random.random() < 0.16:
            random.choice(FAULTS)(random, round, unit, book, path)
        else:
            book.save(path)
    if random.random() < 0.3:
        stray_files(top)


def _person(unit, number):
    name = person_name(unit.id, number)
    return {"Họ và tên": name, "Chức vụ": "Chuyên viên", "Thành tích": "Tích cực", "Năm": "2019"}


def _answers(random, round, unit):
    good = random.random() < 0.3
    return {
        code_text(item.code): _answer(random, round, item, good)
        for item in round.sets[unit.set].items.values()
        if not item.is_survey
    }


def _answer(random, round, item, good):
    """Evidence always; figures where the rule takes them, else a score."""
    answer = {"evidence": "Báo cáo số 12/BC"}
    for name in figures(item.rule):
        answer[name] = _figure(random, item, name, good)
    if "denominator" in answer:
        due = random.choice([0, 0, 3, 8, 10, 40])
        answer["denominator"] = due
        answer["numerator"] = due if good else random.randint(due // 2, due)
    elif "numerator" in answer:
        answer["numerator"] = min(answer["numerator"], answer["count"])
    if not figures(item.rule):
        allowed = sorted(choices(item.rule, item.max))
        answer["score"] = _typed(random, allowed[-1] if good else random.choice(allowed))
    return answer


def _figure(random, item, name, good):
    if name == "day":
        days = 0 if good else random.choice([0, 0, 1, 3, 8, 20])
        due = DEADLINE if item.rule.due == "submission" else item.rule.due
        return due + datetime.timedelta(days)
    if name == "count":
        return 0 if good and item.rule.kind == "trừ điểm" else random.randint(0, 5)
    return 0 if random.random() < 0.8 else 1


def _typed(random, points):
    """As a number, or as a person types it."""
    value = float(points)
    return f"{value:g}".replace(".", ",") if random.random() < 0.1 else value


def _last(folder, cchc):
    """This round's first result stands in for last year's."""
    cchc("run", folder)
    (folder / "ky-truoc").mkdir()
    text = (folder / "ket-qua" / "ket-qua.json").read_text("utf-8")
    text = text.replace('"nam": 2019', '"nam": 2018')
    (folder / "ky-truoc" / "ket-qua.json").write_text(text, "utf-8")
    shutil.rmtree(folder / "ket-qua")


def _appraise(random, round):
    """Agrees with many units, in some rounds with all; grants others another
    score now and then, or leaves it blank. Few have a bonus or a penalty."""
    some_blank, peace = random.random() < 0.5, random.choice([0.5, 1])
    agreed = {unit for unit in round.units if random.random() < peace}
    for path in sorted((round.folder / "tham-dinh").glob("*.xlsx")):
        book = load(path, values=False)
        shown = load(path)["Thẩm định"]
        table = Table(book["Thẩm định"], ["Mã đơn vị", "Mã", "Điểm thẩm định"])
        for row in table.rows("Mã"):
            item = round.sets[round.units[row.text("Mã đơn vị")].set].items[code(row.text("Mã"))]
            own = number(shown.cell(row.number, table.columns[key("Điểm tự chấm")]).value)
            _grant(random, round, item, row, own, some_blank, row.text("Mã đơn vị") in agreed)
        extra = book["Thưởng, trừ điểm"]
        units = round.units_of(path.stem.removeprefix("tham-dinh-"))
        units = [unit for unit in units if not unit.away]
        chance = 0 if peace == 1 else 0.15
        _adjust(random, Table(extra, ["Mã đơn vị", "Loại", "Điểm"]), units, chance)
        book.save(path)


def _send_again(random, round):
    """Some forms name other evidence than the appraisers saw."""
    for path in sorted((round.folder / "nop").rglob("*.xlsx")):
        if random.random() < 0.7:
            continue
        try:
            book = load(path, values=False)
            table = Table(book["Phiếu tự chấm"], ["STT", "Tài liệu kiểm chứng"])
        except (ValueError, KeyError, OSError, BadZipFile):
            continue  # a form with something about it
        rows = [row for row in table.rows("STT") if row.raw("Tài liệu kiểm chứng")]
        for row in rows:
            if random.random() < 0.3:
                row.put("Tài liệu kiểm chứng", f"Công văn số {random.randint(1, 99)}")
        book.save(path)


def _review(random, round):
    """What was granted is kept, looked at again, granted anew, or left open."""
    for path in sorted((round.folder / "tham-dinh").glob("*-bo-sung-1.xlsx")):
        book = load(path, values=False)
        shown = load(path)["Thẩm định"]
        table = Table(book["Thẩm định"], ["Mã đơn vị", "Mã", "Điểm thẩm định"])
        for row in table.rows("Mã"):
            item = round.sets[round.units[row.text("Mã đơn vị")].set].items[code(row.text("Mã"))]
            own = number(shown.cell(row.number, table.columns[key("Điểm tự chấm")]).value)
            what = random.choice(["giữ điểm đã thẩm định", "thẩm định lại", "", None])
            if what is None:
                _grant(random, round, item, row, own, some_blank=False, is_agreed=False)
            elif row.raw("Đã đổi ở phiếu gửi lại"):
                row.put("Xem lại", what)
        book.save(path)


def _grant(random, round, item, row, own, some_blank, is_agreed):
    if own is None or (some_blank and random.random() < 0.05):
        return
    granted = own
    if not is_agreed and random.random() < 0.15:
        allowed = choices(item.rule, item.max)
        granted = random.choice(sorted(allowed)) if allowed else Fraction(round.places > 0, 2)
        row.put("Lý do", "Theo tài liệu kiểm chứng")
    row.put("Điểm thẩm định", float(granted))


def _adjust(random, table, units, chance):
    labels = ["Mã đơn vị", "Loại", "Điểm", "Lý do", "Căn cứ"]
    at = table.header
    for unit in units:
        for kind in ("thưởng", "trừ"):
            if random.random() < chance:
                at += 1
                points = random.choice([0.5, 1, 3])
                values = [unit.id, kind, points, "Theo biên bản", "Quyết định số 7"]
                for label, value in zip(labels, values, strict=True):
                    table.sheet.cell(at, table.columns[key(label)]).value = value


def _survey(random, round):
    """Often everybody pleases alike; now and then an answer is missing."""
    book = load(round.folder / "mau" / "khao-sat.xlsx", values=False)
    all_alike = random.random() < 0.5
    for row in Table(book["Khảo sát"], ["Mã đơn vị", "Mã", "Tỷ lệ hài lòng (%)"]).rows("Mã"):
        if random.random() < 0.01:
            continue
        percent = 92.5 if all_alike else random.choice([79.99, 80, 85.25, 90, 95, 100])
        row.put("Tỷ lệ hài lòng (%)", percent)
        row.put("Số phiếu trả lời", random.randint(10, 90))
    book.save(round.folder / "khao-sat" / "khao-sat.xlsx")
