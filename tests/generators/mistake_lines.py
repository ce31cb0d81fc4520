"""Small mistakes of clerks in the settings: one line of `ky.toml` or
`tong-ket.toml` each time, or one more line."""

import datetime
import re

from mistake_tables import Change

SETTING = re.compile(r"^\s*([\w-]+)\s*=\s*(.+)$")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
NUMBER = re.compile(r"(?<![\w.-])\d+(\.\d+)?(?![\w.-])")
# What may be another number without being a mistake that can be seen.
FREE = {"so-le-diem", "so-le-chi-so", "nam", "it-phieu", "chac-chan-tu", "phan-biet-tu", "moi-don-vi",
        "so-luong", "tong-tap-the", "tong-ca-nhan", "so-nam-yeu", "so-nam-xep-hang", "so-nam-dat",
        "hang-toi-da", "diem-thuong-toi-da", "diem-tru-toi-da", "lam-tron-den"}
LINES = {}


def line_kind(law):
    def add(make):
        LINES[make.__name__] = (law, make)
        return make
    return add


def mistake(random, make, path, folder):
    """Applies one kind to one file of settings; None where it cannot be made."""
    lines = path.read_text("utf-8").splitlines()
    made = make(random, lines)
    if made is None:
        return None
    numbers, told, is_meant = made
    path.unlink()
    path.write_text("\n".join(lines) + "\n", "utf-8")
    file = path.relative_to(folder).as_posix()
    return Change([(file, None, f"dòng {it + 1}") for it in numbers], told, is_meant)


def _pick(random, lines, wanted):
    found = [at for at, line in enumerate(lines) if wanted(line)]
    return random.choice(found) if found else None


def _name(line):
    found = SETTING.match(line)
    return found[1] if found else ""


def _bound(line):
    """A line whose number has a size that can be judged."""
    is_number = NUMBER.search(line) and not DATE.search(line) and "ma =" not in line
    return is_number and _name(line) not in {*FREE, "ten", "can-cu"}


def _number(name, change):
    def retype(random, lines):
        at = _pick(random, lines, _bound)
        if at is None:
            return None
        found = random.choice(list(NUMBER.finditer(lines[at])))
        if float(found[0]) == 0 or lines[at][:found.start()].count('"') % 2:
            return None
        old = lines[at]
        lines[at] = old[:found.start()] + change(float(found[0])) + old[found.end():]
        near = range(max(0, at - 8), at + 8) if "{" in old else [at]
        return near, f"«{old.strip()}» thành «{lines[at].strip()}»", True

    LINES[name] = ("C", retype)


_number("setting_hundredth", lambda n: f"{n / 100:g}")
_number("setting_hundredfold", lambda n: f"{n * 100:.12g}")
_number("setting_thousandth", lambda n: f"{n / 1000:g}")
_number("setting_negative", lambda n: f"-{n:g}")
_number("setting_percent_text", lambda n: f'"{n:g}%"')


@line_kind("D")
def setting_year(random, lines):
    at = _pick(random, lines, DATE.search)
    old = lines[at]
    found = DATE.search(old)
    date = datetime.date.fromisoformat(found[0])
    away = random.choice([-10, -1, 1, 10, 100])
    date = date.replace(year=date.year + away, day=min(date.day, 28))
    lines[at] = old[:found.start()] + date.isoformat() + old[found.end():]
    # One of several base salaries is judged with the others; one that is not in
    # force, and a year beside the right one, may be meant.
    is_salary = _name(old) == "tu"
    near = range(max(0, at - 8), at + 8) if is_salary else [at]
    return near, f"«{old.strip()}» thành «{lines[at].strip()}»", not is_salary and abs(away) > 1


@line_kind("D")
def setting_date_text(random, lines):
    at = _pick(random, lines, DATE.search)
    old = lines[at]
    found = DATE.search(old)
    date = datetime.date.fromisoformat(found[0])
    text = random.choice([f'"{date:%d/%m/%Y}"', f"{date}T16:30:00", f'"{date:%m/%Y}"'])
    lines[at] = old[:found.start()] + text + old[found.end():]
    return [at], f"«{old.strip()}» thành «{lines[at].strip()}»", False


@line_kind("C")
def swapped_lines(random, lines):
    """Two neighbours of a list change places: bands, salaries."""
    at = _pick(random, lines[:-1], lambda it: it.strip().startswith("{"))
    if at is None or not lines[at + 1].strip().startswith("{"):
        return None
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return [at, at + 1], "đổi chỗ hai dòng", False


@line_kind("C")
def lost_line(random, lines):
    """A line of a list is lost: a band, an area."""
    at = _pick(random, lines, lambda it: it.strip().startswith("{"))
    if at is None:
        return None
    old = lines[at]
    lines[at] = "  # " + old.strip()
    return range(max(0, at - 8), at + 8), f"mất dòng «{old.strip()}»", True


@line_kind("A")
def misspelt_key(random, lines):
    at = _pick(random, lines, _name)
    old = _name(lines[at])
    new = random.choice([old.replace("-", "_") if "-" in old else old + "s", old[:-1], old.upper()])
    if not new:
        return None
    before = lines[at]
    lines[at] = before.replace(old, new, 1)
    return range(len(lines)), f"khóa «{old}» thành «{new}»", True


@line_kind("A")
def key_in_other_section(random, lines):
    """A line moves under the heading before or after its own."""
    at = _pick(random, lines, lambda it: _name(it) and not it.strip().startswith(("ma ", "ten ")))
    heads = [it for it, line in enumerate(lines) if line.startswith("[")]
    if at is None or "[" in lines[at]:
        return None
    own = next((lines[it] for it in reversed(heads) if it < at), "")
    # Another section of the same name may have the line too.
    heads = [it for it in heads if lines[it] != own]
    if not heads:
        return None
    to = random.choice(heads)
    line = lines.pop(at)
    to = to - 1 if at < to else to
    lines.insert(to + 1, line)
    return range(len(lines)), f"«{line.strip()}» sang mục khác", False


@line_kind("A")
def twice(random, lines):
    at = _pick(random, lines, _name)
    if "[" in lines[at]:
        return None
    lines.insert(at + 1, lines[at])
    return [at, at + 1], "khóa lặp lại", False


@line_kind("A")
def commented(random, lines):
    """A setting is switched off by a mark of comment, a needed one among them."""
    at = _pick(random, lines, lambda it: _name(it) in ("han", "ma", "nam", "khoi", "he-so", "muc"))
    if at is None:
        return None
    old = lines[at]
    lines[at] = "# " + old
    return range(len(lines)), f"bỏ dòng «{old.strip()}»", True


@line_kind("F")
def other_word(random, lines):
    at = _pick(random, lines, lambda it: _name(it) and '"' in it and "ten =" not in it)
    if at is None:
        return None
    old = lines[at]
    # The ids of a summary and of its sets are free.
    if old.startswith(('ma = "bo-', 'ma = "thu')) or _name(old) in ("co-quan", "co-quan-cap-tren", "dia-danh", "can-cu", "so-quyet-dinh"):
        return None
    lines[at] = re.sub(r'"([^"]+)"', lambda it: f'"{it[1]}x"', old, count=1)
    return range(len(lines)), f"«{old.strip()}» thành «{lines[at].strip()}»", True


@line_kind("G")
def setting_nothing(random, lines):
    at = _pick(random, lines, lambda it: _name(it) and '"' in it and "{" not in it)
    old = lines[at]
    if "[" in old or _name(old) in ("co-quan-cap-tren", "so-quyet-dinh"):
        return None
    lines[at] = f'{_name(old)} = "{random.choice(["", "-", "không", " "])}"'
    return range(len(lines)), f"«{old.strip()}» thành «{lines[at]}»", True
