"""Random settings, register and N/A list of a round."""

import datetime

import openpyxl

from random_set import write_set
from plain import bare
from read_round import code_text, read_round

DEADLINE = datetime.date(2019, 12, 15)
BANDS = [
    [("Xuất sắc", 90), ("Tốt", 80), ("Khá", 65), ("Trung bình", 50), ("Yếu", 0)],
    [("A", 70), ("B", 55.5), ("C", 0)],
]


def write_round(random, folder):
    """The files of a round before any form is sent; returns it as read."""
    for name in ("bo-chi-so", "nop", "khao-sat", "tham-dinh"):
        (folder / name).mkdir(parents=True)
    places = random.choice([1, 2, 2, 3])
    blocs = [f"khoi-{n}" for n in range(1, random.randint(2, 3) + 1)]
    sets = {bloc: [f"{bloc}-{n}" for n in range(1, random.choice([1, 1, 2]) + 1)] for bloc in blocs}
    for set_id in sum(sets.values(), []):
        write_set(random, folder / "bo-chi-so" / f"{set_id}.xlsx", DEADLINE, places)
    (folder / "ky.toml").write_text(_settings(random, places, sets), "utf-8")
    _register(random, folder / "don-vi.xlsx", sets)
    round = read_round(folder)
    _exempt(random, folder / "khong-ap-dung.xlsx", round)
    return read_round(folder)


def _settings(random, places, sets):
    def one_of(*values):
        return random.choice(values)

    ties = ["diem-tham-dinh", "diem-khao-sat", "diem-tru", "linh-vuc-1", "linh-vuc-2"]
    ties = [f'"{name}"' for name in random.sample(ties, random.randint(0, 3))]
    lines = [
        'ma = "thu-2019"\nnam = 2019\nten = "Chỉ số cải cách hành chính năm 2019"',
        'co-quan = "ỦY BAN NHÂN DÂN THÀNH PHỐ THỬ"\nco-quan-cap-tren = ""\ndia-danh = "Thử"',
        'can-cu = "Quyết định số 1/QĐ-UBND"',
        f"[nop-phieu]\nhan = {DEADLINE.isoformat()}",
        f'nop-lai = "{one_of("gat-ra", "ban-sau")}"',
        f'phieu-loi = "{one_of("gat-ra", "tam-tinh")}"',
        f"[cham-diem]\nso-le-diem = {places}\nso-le-chi-so = {one_of(1, 2, 2, 3)}",
        f'so-sanh = "{one_of("chinh-xac", "lam-tron")}"\ndong-hang = "{one_of("1224", "1223")}"',
        f"tieu-chi-phu = [{', '.join(ties)}]",
        f"diem-thuong-toi-da = {one_of(1, 2)}\ndiem-tru-toi-da = {one_of(1, 5)}",
        f"ty-le-toi-thieu = {one_of(50, 80, 87.5)}",
        f'khong-khao-sat = "{one_of("quy-doi", "khong-xep-hang")}"',
        f'tham-dinh-de-trong = "{one_of("chua-tham-dinh", "dong-y")}"',
    ]
    for bloc, set_ids in sets.items():
        bands = random.choice(BANDS)
        lines.append(_bloc(bloc, set_ids, bands))
    if random.random() < 0.9:
        lines.append(_awards(random, list(sets)))
    lines.append("[do-vung]\nchac-chan-tu = 0.5\nphan-biet-tu = 0.05\nit-phieu = 100")
    return "\n".join(lines) + "\n"


def _bloc(bloc, set_ids, bands):
    names = ", ".join(f'"{set_id}"' for set_id in set_ids)
    lines = [f'[[khoi]]\nma = "{bloc}"\nten = "Khối {bloc}"\nbo-chi-so = [{names}]\nxep-loai = [']
    upper = None
    for name, low in bands:
        high = f", duoi = {upper}" if upper is not None else ""
        lines.append(f'  {{ ten = "{name}", tu = {low}{high} }},')
        upper = low
    return "\n".join([*lines, "]"])


def _awards(random, blocs):
    """One rule for the first bloc, one for the others, and one of second resort."""
    step, rounding = random.choice([10000, 1000]), random.choice(["len", "gan-nhat", "xuong"])
    lines = [
        "[khen-thuong]\nngay-quyet-dinh = 2020-06-18\nso-quyet-dinh = \"\"",
        f'lam-tron-den = {step}\nlam-tron = "{rounding}"\ntong-tap-the = 40\ntong-ca-nhan = 40',
    ]
    for since, amount in (("2018-07-01", 1390000), ("2019-07-01", 1490000)):
        lines.append(f"[[khen-thuong.luong-co-so]]\ntu = {since}\nmuc = {amount}\ncan-cu = \"NĐ {since[:4]}\"")
    for kind, coefficient in (("tap-the", 0.6), ("ca-nhan", 0.3)):
        lines.append(_rule(random, kind, blocs[:1], coefficient))
        lines.append(_rule(random, kind, blocs[1:], coefficient))
        if random.random() < 0.4:
            lines.append(_rule(random, kind, blocs, coefficient / 2))
    return "\n".join(lines)


def _rule(random, kind, blocs, coefficient):
    lines = [f'[[khen-thuong.{kind}]]\nten = "Giấy khen"\ncan-cu = "NĐ 91/2017/NĐ-CP"']
    lines.append(f"khoi = [{', '.join(f'{chr(34)}{bloc}{chr(34)}' for bloc in blocs)}]")
    lines.append(f"so-luong = {random.randint(1, 4)}\nhe-so = {coefficient}")
    tie = random.choice(["lay-het", "khong-lay", "cho-quyet-dinh"])
    lines.append(f'dong-hang-suat-cuoi = "{tie}"')
    options = ["hang-toi-da = 4", "chi-so-toi-thieu = 60", "dung-han = true"]
    options += ["phai-de-nghi = true"] if kind == "tap-the" else []
    lines += [option for option in options if random.random() < 0.4]
    if kind == "ca-nhan":
        lines.append(f"moi-don-vi = {random.randint(1, 2)}")
    return "\n".join(lines)


def _register(random, path, sets):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Đơn vị"
    sheet.append([
        "Mã đơn vị", "Tên đơn vị", "Tên khác", "Khối", "Bộ chỉ số", "Người đứng đầu", "Chức vụ",
        "Từ ngày", "Đến ngày", "Đơn vị tiền thân", "Miễn đánh giá",
    ])
    ids = []
    for bloc, set_ids in sets.items():
        for _ in range(random.choice([5, 5, 6, 7, 8, 12])):
            unit = f"DV-{len(ids) + 1:02}"
            ids.append(unit)
            exempt = "Mới thành lập" if random.random() < 0.05 else ""
            name, head = f"Đơn vị số {len(ids)}", f"Người Đứng Đầu {len(ids)}"
            sheet.append([
                unit, name, f"ĐV {len(ids)}", bloc, random.choice(set_ids), head, "Trưởng phòng",
                "", "", "", exempt,
            ])
    _others(random, sheet, sets, ids)
    barred = book.create_sheet("Không xét khen")
    barred.append(["Mã đơn vị", "Họ và tên", "Lý do", "Căn cứ"])
    for unit in random.sample(ids, 2):
        name = person_name(unit, 1)
        person = random.choice(["", name, bare(name).title()])
        barred.append([unit, person, "Đang bị kỷ luật", "Quyết định số 9"])
    book.save(path)


def _others(random, sheet, sets, ids):
    """Units of other times; some became one of the round."""
    for number in range(random.choice([0, 0, 1, 2])):
        dates = random.choice([("", "30/06/2019"), ("", "31/12/2010"), ("01/03/2020", "")])
        unit, bloc = f"CU-{number}", random.choice(list(sets))
        sheet.append([unit, f"Đơn vị cũ {number}", "", bloc, sets[bloc][0], "", "", *dates, "", ""])
        if not dates[0] and random.random() < 0.5:
            sheet.cell(2 + random.randrange(len(ids)), 10).value = unit


FAMILIES = "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Ngô".split()
MIDDLES = "Văn Thị Đức Minh Thu Hữu Ngọc Quang Thanh Xuân".split()
GIVEN = "An Bình Chi Dũng Giang Hà Khánh Linh Nga Sơn".split()


def person_name(unit, number):
    """A name that no other unit's person has: of the digits of the unit's id."""
    tens, ones = unit[-2:]
    return f"{FAMILIES[int(tens)]} {MIDDLES[int(ones)]} {GIVEN[number]}"


def _exempt(random, path, round):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Không áp dụng"
    sheet.append(["Mã đơn vị", "Mã tiêu chí", "Lý do", "Căn cứ"])
    for unit in round.members:
        items = [item for item in round.sets[unit.set].items.values() if item.may_be_exempt]
        if items and random.random() < 0.4:
            some = random.sample(items, random.randint(1, min(3, len(items))))
            codes = "; ".join(code_text(item.code) for item in some)
            sheet.append([unit.id, codes, "Không có thủ tục hành chính", "Văn bản số 3"])
    book.save(path)
