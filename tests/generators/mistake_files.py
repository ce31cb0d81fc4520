"""Small mistakes of clerks with whole files: look-alikes, copies, other folders."""

import shutil
import zipfile

import openpyxl

from mistake_tables import Change

FILES = {}


def file_kind(make):
    FILES[make.__name__] = ("A", make)
    return make


def _change(folder, paths, told, is_meant=True):
    files = [it.relative_to(folder).as_posix() for it in paths]
    return Change([(it, None, None) for it in files], told, is_meant)


def _edited(path):
    """Another content than the original's: the last row is gone."""
    book = openpyxl.load_workbook(path)
    book.worksheets[0].delete_rows(book.worksheets[0].max_row)
    path.unlink()
    book.save(path)


def _books(folder):
    """Damaged forms of the base are none."""
    return [it for it in sorted(folder.rglob("*.xlsx")) if zipfile.is_zipfile(it)]


@file_kind
def look_alike(random, folder):
    """«mien-tru (1).xlsx», edited, beside the one that is read."""
    path = random.choice(_books(folder))
    stem = path.stem
    name = random.choice([f"{stem} (1)", f"{stem} - Copy", f"Bản sao {stem}", f"{stem}-moi",
                          stem.replace("-", " "), stem.replace("-", "_"), f"{stem}_final"])
    twin = path.with_name(f"{name}.xlsx")
    if twin.exists():
        return None
    shutil.copy(path, twin)
    _edited(twin)
    # Of these folders every file is read.
    is_meant = path.parent.name not in ("tham-dinh", "khao-sat", "bo-chi-so") and "nop" not in path.parts
    return _change(folder, [twin, path, path.parent], f"tệp gần giống {twin.name}", is_meant)


@file_kind
def renamed_file(random, folder):
    path = random.choice([it for it in _books(folder) if it.parent == folder])
    stem = path.stem
    twin = path.with_name(random.choice([
        f"{stem} (1).xlsx", f"{stem.replace('-', ' ')}.xlsx", f"{stem.replace('-', '_')}.xlsx",
        f"{stem}.xlsx.xlsx", f"{stem}.xlsm", f"{stem.upper()}.XLSX", f"{stem} 2019.xlsx"]))
    path.rename(twin)
    return _change(folder, [twin, path], f"{path.name} đổi tên thành {twin.name}")


@file_kind
def other_ending(random, folder):
    """A workbook of a folder under an ending that is not read there."""
    names = ("tham-dinh", "khao-sat", "bo-chi-so")
    books = [it for it in _books(folder) if it.parent.name in names]
    if not books:
        return None
    path = random.choice(books)
    twin = path.with_suffix(random.choice([".xlsm", ".xls", ".ods"]))
    path.rename(twin)
    return _change(folder, [twin, path], f"{path.name} đổi đuôi thành {twin.name}")


@file_kind
def other_folder(random, folder):
    """A file of the round's top lies in a folder where nobody looks."""
    path = random.choice([it for it in _books(folder) if it.parent == folder])
    to = folder / random.choice(["danh muc", "tai-lieu", "nop", "cu"])
    to.mkdir(exist_ok=True)
    path.rename(to / path.name)
    return _change(folder, [path, to / path.name, to], f"{path.name} chuyển vào {to.name}/")


@file_kind
def renamed_folder(random, folder):
    inner = [it for it in folder.iterdir() if it.is_dir() and it.name not in ("mau", "ket-qua")
             and any(it.rglob("*.*"))]
    path = random.choice(sorted(inner))
    twin = path.with_name(random.choice([
        path.name.replace("-", " ") if "-" in path.name else path.name + " (1)",
        path.name.replace("-", "_") if "-" in path.name else path.name + " moi",
        f"{path.name} (2)", f"{path.name} cuoi", f"{path.name}s"]))
    path.rename(twin)
    # A year's folder is known by its first digits.
    is_meant = not path.name.isdigit()
    return _change(folder, [path, twin], f"{path.name}/ đổi tên thành {twin.name}/", is_meant)


@file_kind
def second_folder(random, folder):
    """Another folder beside the one that is read, with files of its own."""
    inner = [it for it in folder.iterdir() if it.is_dir() and it.name not in ("mau", "ket-qua")
             and _books(it)]
    if not inner:
        return None
    path = random.choice(sorted(inner))
    twin = path.with_name(random.choice([f"{path.name} (2)", path.name.replace("-", " ") + " bo sung",
                                         f"{path.name}-bo-sung"]))
    twin.mkdir()
    book = random.choice(_books(path))
    shutil.copy(book, twin / book.name)
    _edited(twin / book.name)
    return _change(folder, [twin, twin / book.name], f"thư mục thêm {twin.name}/")


@file_kind
def copied_inside(random, folder):
    """A copy in a folder whose files are all read: the same again, edited."""
    books = [it for it in _books(folder) if it.parent != folder]
    if not books:
        return None
    path = random.choice(books)
    twin = path.with_name(f"{path.stem} (2).xlsx")
    if twin.exists():
        return None
    shutil.copy(path, twin)
    _edited(twin)
    return _change(folder, [twin, path], f"bản sao {twin.name}", False)


@file_kind
def not_a_form(random, folder):
    """Something that resembles a form lies beside the forms."""
    sets = sorted((folder / "bo-chi-so").glob("*.xlsx"))
    forms = [it for it in _books(folder) if "nop" in it.parts]
    if not sets or not forms:
        return None
    form = random.choice(forms)
    twin = form.with_name(random.choice([f"{form.stem} - phụ lục.xlsx", "Danh mục minh chứng.xlsx"]))
    book = openpyxl.load_workbook(random.choice(sets))
    book.active.cell(1, 1).value = "DANH MỤC TÀI LIỆU KIỂM CHỨNG"
    book.save(twin)
    return _change(folder, [twin, form], f"{twin.name} cạnh phiếu", False)


@file_kind
def others_form(random, folder):
    """One unit's form under another unit's file name, or twice with changes."""
    forms = [it for it in _books(folder) if "nop" in it.parts]
    if len(forms) < 2:
        return None
    path, other = random.sample(forms, 2)
    other.unlink()
    shutil.copy(path, other)
    return _change(folder, [path, other], f"{other.name} mang nội dung {path.name}")


@file_kind
def last_years(random, folder):
    """The record of the year before is of another year, or of this one."""
    path = folder / "ky-truoc" / "ket-qua.json"
    if not path.exists():
        return None
    text = path.read_text("utf-8")
    new = random.choice([
        text.replace('"nam": 2018', '"nam": 2019'), text.replace('"nam": 2018', '"nam": 2008'),
        text.replace("Đơn vị số 1", "Đơn vị khác 1"), text.replace('"DV-02"', '"DV-03"'),
        text[: len(text) // 2]])
    if new == text:
        return None
    path.unlink()
    path.write_text(new, "utf-8")
    return _change(folder, [path], "kết quả kỳ trước của năm khác, đơn vị khác")


@file_kind
def misplaced_year(random, folder):
    """In a history: a year's folder is named for another year."""
    years = [it for it in sorted(folder.iterdir()) if it.is_dir() and it.name.isdigit()]
    if not years:
        return None
    path = random.choice(years)
    twin = folder / random.choice([str(int(path.name) + 30), f"nam {path.name}", f"{path.name} (2)",
                                   f"{path.name}-cu"])
    path.rename(twin)
    is_meant = not twin.name.startswith(path.name)
    return _change(folder, [twin, path], f"{path.name}/ thành {twin.name}/", is_meant)


@file_kind
def second_year_file(random, folder):
    """In a history: two files of results in one year's folder."""
    years = [it for it in sorted(folder.iterdir()) if it.is_dir() and it.name.isdigit()]
    if not years:
        return None
    path = random.choice(sorted(random.choice(years).iterdir()))
    twin = path.with_name(random.choice([f"ket-qua (2){path.suffix}", f"ket qua{path.suffix}",
                                         f"Kết quả mới{path.suffix}"]))
    shutil.copy(path, twin)
    return _change(folder, [twin, path, path.parent], f"thêm {twin.name}")
