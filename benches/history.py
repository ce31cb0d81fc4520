"""What a summary costs: time and memory, by years and units.

`python3 benches/history.py PROGRAM [YEARSxUNITSxITEMS…] [--limit]` invents histories of
these sizes in a temporary folder (by default a row of sizes that shows how the
cost grows), sums each up with PROGRAM and prints a line: bytes read, seconds
of reading alone (an unknown unit in the last file ends that run before anything
is computed), seconds and processor seconds of the whole, peak memory. With `--limit`, the largest of the default sizes, ten years of
11,000 units and 60 items, must stay under 30 seconds and 1 GiB.

The years are CSV files as programs write them. Units are numbered, some are
renamed or merged, some rows are unranked; points come from a small generator,
the same on every machine.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = [(1, 1000, 60), (2, 1000, 60), (4, 1000, 60), (10, 1000, 60), (10, 2000, 60),
         (10, 4000, 60), (10, 11000, 60)]
LIMITS = (5 * 2, 30 * 2, 1 << 30)  # processor seconds of two cores, bytes
BANDS = [(90, "Xuất sắc"), (80, "Tốt"), (65, "Khá"), (50, "Trung bình"), (0, "Yếu")]
AREAS = 8
FIRST = 2011

SETTINGS = """ma = "thu"
ten = "Đo thời gian"
co-quan = "UBND"
co-quan-cap-tren = ""
dia-danh = "Nơi"
can-cu = "Kế hoạch"
tu-nam = {first}
den-nam = {last}
ngay-tong-ket = {after}-03-15
so-le-chi-so = 2
[nguong]
yeu-duoi = 70
so-nam-yeu = 3
giu-tu = 90
nang-duoi = 80
so-nam-xep-hang = 1
[[khoi]]
ma = "xa"
ten = "Khối xã"
xep-loai = ["Xuất sắc", "Tốt", "Khá", "Trung bình", "Yếu"]
"""


def rows(state):
    """A stream of numbers below 2^16."""
    while True:
        state = (state * 1103515245 + 12345) % (1 << 31)
        yield state >> 15


def settings(first, last):
    text = SETTINGS.format(first=first, last=last, after=last + 1)
    for area in range(1, AREAS + 1):
        text += f'[[noi-dung]]\nma = "n{area}"\nten = "Nội dung {area}"\n'
    half = (first + last) // 2
    for name, start, end in [("cu", first, half), ("moi", half + 1, last)]:
        if start <= end:
            text += (f'[[bo-chi-so]]\nma = "{name}"\nten = "{name}"\ncan-cu = "QĐ"\nkhoi = ["xa"]\n'
                     f"tu-nam = {start}\nden-nam = {end}\nlinh-vuc = [\n")
            for area in range(1, AREAS + 1):
                text += f'    {{ ma = "{area}", ten = "L{area}", noi-dung = "n{area}" }},\n'
            text += "]\n"
    return text


def register(folder, units):
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Đơn vị")
    sheet.append(["Mã đơn vị", "Tên đơn vị", "Khối"])
    for unit in range(units):
        sheet.append([f"X-{unit:05}", f"UBND xã số {unit}", "xa"])
    book.save(folder / "don-vi.xlsx")


def year(folder, year, units, items):
    codes = [f"{1 + at % AREAS}.{1 + at // AREAS}" for at in range(items)]
    number = rows(year)
    lines = []
    for unit in range(units):
        points = [(next(number) % 5) * 25 + 100 for _ in codes]  # 1.00 to 2.00 of 2
        total = sum(points)
        lines.append((total, unit, points))
    order = sorted(lines, key=lambda it: (-hundredths(it[0], items), it[1]))
    text, rank, last = [], 0, None
    for at, (total, unit, points) in enumerate(order, 1):
        index = hundredths(total, items)
        rank = rank if index == last else at
        last = index
        band = next(name for least, name in BANDS if index >= least * 100)
        cells = ",".join(f"{it // 100}.{it % 100:02}" for it in points)
        text.append(f"X-{unit:05},UBND xã số {unit},xa,{index // 100}.{index % 100:02},{band},{rank},,"
                    f"{cells}\n")
    head = ["Mã đơn vị", "Tên đơn vị", "Khối", "Chỉ số (%)", "Xếp loại", "Thứ hạng",
            "Lý do không xếp hạng", *(f"{code} (2)" for code in codes)]
    path = folder / str(year)
    path.mkdir()
    areas = "".join(f"Lĩnh vực {area},L{area}\n" for area in range(1, AREAS + 1))
    body = f"Năm,{year}\nSố đơn vị,{units}\n{areas}{','.join(head)}\n{''.join(text)}"
    (path / "ket-qua.csv").write_text(body, "utf-8")
    return len(body.encode())


def hundredths(total, items):
    """The index in hundredths of a percent, rounded half up."""
    return (total * 10000 * 2 + items * 200) // (items * 200 * 2)


def measure(program, years, units, items):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        last = FIRST + years - 1
        (folder / "tong-ket.toml").write_text(settings(FIRST, last), "utf-8")
        register(folder, units)
        size = sum(year(folder, at, units, items) for at in range(FIRST, last + 1))
        whole = run(program, name, 0)
        results = folder / str(last) / "ket-qua.csv"
        text = results.read_text("utf-8")
        results.write_text(text.replace("X-00000,", "Y-00000,"), "utf-8")
        return size, run(program, name, 2), whole


def run(program, folder, expected):
    """Seconds, processor seconds and peak memory of one run."""
    started = time.monotonic()
    process = subprocess.Popen([program, "summary", folder], stdout=subprocess.PIPE)
    said = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    if os.waitstatus_to_exitcode(status) != expected:
        sys.exit(f"mã {os.waitstatus_to_exitcode(status)}\n{said[:2000]}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program, words = sys.argv[1], sys.argv[2:]
    limited = "--limit" in words
    sizes = [tuple(map(int, word.split("x"))) for word in words if "x" in word]
    if limited and not sizes:
        sizes = SIZES[-1:]
    print("năm  đơn vị  mục   MB  | đọc: giây  giây CPU | tất cả: giây  giây CPU  MB bộ nhớ")
    for years, units, items in sizes or SIZES:
        size, read, whole = measure(program, years, units, items)
        print(f"{years:3}  {units:6}  {items:3}  {size / 1e6:5.1f} | {read[0]:9.2f}  {read[1]:8.2f} |"
              f" {whole[0]:12.2f}  {whole[1]:8.2f}  {whole[2] / 1e6:9.0f}", flush=True)
        if limited and (read[1] > LIMITS[0] or whole[1] > LIMITS[1] or whole[2] > LIMITS[2]):
            sys.exit("quá giới hạn: đọc 5 giây, tất cả 30 giây trên hai nhân, 1 GiB")


if __name__ == "__main__":
    main()
