"""Random criteria sets: every kind of rule, small, and always sound."""

import openpyxl

HEADER = [
    "Mã", "Nội dung", "Điểm tối đa", "Cách chấm", "Tham số", "Số liệu kê khai", "Nguồn điểm",
    "Kiểm chứng", "Không áp dụng", "Căn cứ",
]
MAXIMA = [1, 2, 3, 4, 5]


def write_set(random, path, deadline, places):
    """Two to four areas; each criterion is an item or has two or three components."""
    rows = []
    has_survey = random.random() < 0.8
    areas = random.randint(2, 4)
    for area in range(1, areas + 1):
        is_survey = has_survey and area == areas
        items = []
        for criterion in range(1, random.randint(2, 3) + 1):
            parts = random.choice([0, 0, 2, 3])
            below = [f"{area}.{criterion}.{part}" for part in range(1, parts + 1)]
            made = [
                _item(random, code, deadline, places, is_survey)
                for code in below or [f"{area}.{criterion}"]
            ]
            if below:
                items.append(_heading(f"{area}.{criterion}", made))
            items += made
        rows += [_heading(str(area), [row for row in items if len(row) > 3]), *items]
    _save(path, rows)


def _heading(code, items):
    return [code, f"Mục {code}", sum(row[2] for row in items)]


def _item(random, code, deadline, places, is_survey):
    maximum = random.choice(MAXIMA)
    make = _survey if is_survey else random.choice(KINDS)
    may_be_exempt = random.random() < 0.4
    rule, parameters, figures = make(random, maximum, places, deadline, may_be_exempt)
    origin = "khảo sát" if is_survey else random.choice(["thẩm định", "số liệu"])
    evidence = random.choice(["bắt buộc", "không", ""])
    exempt = "được" if may_be_exempt else "không"
    labels = "; ".join(f"{name}: {name} của mục {code}" for name in figures)
    return [
        code, f"Nội dung {code}", maximum, rule, parameters, labels, origin, evidence, exempt, "",
    ]


def _say(value):
    return f"{value:g}".replace(".", ",")


def _small(random, places):
    return random.choice([0.5, 0.25] if places > 1 else [0.5])


def _empty(random, may_be_exempt):
    choices = ["đủ điểm", "0 điểm"] + ["không áp dụng"] * 4 * may_be_exempt
    return f"không phát sinh = {random.choice(choices)}"


def _yes_no(random, maximum, places, deadline, may_be_exempt):
    return "có/không", "", []


def _levels(random, maximum, places, deadline, may_be_exempt):
    return "mức", f"đủ = {maximum}; thiếu 1 yếu tố = {_say(maximum / 2)}; không = 0", []


def _count_levels(random, maximum, places, deadline, may_be_exempt):
    steps = random.choice([
        f">=3 = {maximum}; 2 = {_say(maximum / 2)}; 1 = 0,5; 0 = 0",
        f"0 = {maximum}; 1-2 = {_say(maximum / 2)}; >2 = 0",
        f">=4 = {maximum}; <4 = 0",
    ])
    return "mức theo số lượng", steps, ["số lượng"]


def _ratio_levels(random, maximum, places, deadline, may_be_exempt):
    half = _say(maximum / 2)
    steps = random.choice([
        f"100% = {maximum}; 70-<100% = {half}; <70% = 0",
        f">=80% = {maximum}; 62,5-<80% = {half}; <62,5% = 0",
    ])
    parameters = f"{steps}; {_empty(random, may_be_exempt)}"
    return "mức theo tỷ lệ", parameters, ["tử số", "mẫu số"]


def _ratio(random, maximum, places, deadline, may_be_exempt):
    empty = _empty(random, may_be_exempt)
    kind, parameters = random.choice([
        ("tỷ lệ", empty),
        ("tỷ lệ có sàn", f"sàn = {random.choice([50, 70, 95])}%; {empty}"),
        ("tỷ lệ theo mục tiêu", f"mục tiêu = {random.choice([60, 80])}%; {empty}"),
        ("tỷ lệ theo mục tiêu", f"mục tiêu = 90%; sàn = 50%; {empty}"),
    ])
    return kind, parameters, ["tử số", "mẫu số"]


def _deduction(random, maximum, places, deadline, may_be_exempt):
    each = f"mỗi lần = {_say(_small(random, places))}"
    if random.random() < 0.5:
        return "trừ điểm", each, ["số lượng"]
    return "trừ điểm", f"{each}; về 0 = lãnh đạo bị kỷ luật", ["tử số", "số lượng"]


def _due(random, deadline):
    return random.choice(["hạn nộp phiếu", f"{deadline:%d/%m/%Y}", f"31/01/{deadline.year}"])


def _deadline(random, maximum, places, deadline, may_be_exempt):
    steps = random.choice([
        f"muộn đến 15 ngày = {_say(maximum / 2)}; còn lại = 0",
        f"muộn đến 5 ngày = {_say(maximum / 2)}; muộn đến 10 ngày = 0,5; còn lại = 0",
    ])
    return "thời hạn", f"hạn = {_due(random, deadline)}; {steps}", ["ngày"]


def _days_late(random, maximum, places, deadline, may_be_exempt):
    each = _say(_small(random, places))
    return "trừ theo ngày", f"hạn = {_due(random, deadline)}; mỗi ngày = {each}", ["ngày"]


def _parts(random, maximum, places, deadline, may_be_exempt):
    return "cộng thành phần", f"dự toán = {_say(maximum - 0.5)}; quyết toán = 0,5", []


def _per_item(random, maximum, places, deadline, may_be_exempt):
    return "theo số lượng", f"mỗi mục = {_say(_small(random, places))}", ["số lượng"]


def _survey(random, maximum, places, deadline, may_be_exempt):
    steps = f">=90% = {maximum}; 80-<90% = {_say(maximum / 2)}; <80% = 0"
    return "khảo sát", random.choice(["", "", steps]), []


KINDS = [
    _yes_no, _levels, _count_levels, _ratio_levels, _ratio, _deduction, _deadline, _days_late,
    _parts, _per_item,
]


def _save(path, rows):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Bộ chỉ số"
    sheet.append(["Bộ chỉ số thử nghiệm"])
    sheet.append(["Quyết định ban hành:", "Quyết định số 1/QĐ-UBND ngày 02/01/2019"])
    sheet.append(HEADER)
    for row in rows:
        sheet.append(row)
    total = sum(row[2] for row in rows if len(row) > 3)
    sheet.append(["", "Tổng cộng", total])
    book.save(path)
