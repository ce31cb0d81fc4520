#!/usr/bin/env python3
"""Packs what release/build.sh has gathered; the same files give the same bytes.

    pack.py guide PAGE.md OUT.html     one page with its pictures inside it
    pack.py zip FOLDER OUT.zip         the folder, as the only thing in the archive
    pack.py lists FOLDER OUT_FOLDER    what the installer puts and takes away

Times come from SOURCE_DATE_EPOCH. `guide` needs the module `markdown`.
"""

import base64
import os
import re
import sys
import time
import zipfile
from pathlib import Path, PureWindowsPath

STYLE = """
body { font: 17px/1.55 "Times New Roman", "Liberation Serif", serif; max-width: 46em;
       margin: 2em auto; padding: 0 1em; color: #222 }
h1, h2, h3 { color: #184e8c; line-height: 1.25 }
h2 { border-bottom: 1px solid #c8d4e4; margin-top: 2em }
img { max-width: 100%; border: 1px solid #c8d4e4 }
code, pre { font: 14px/1.45 Consolas, "Liberation Mono", monospace; background: #f2f5f9 }
pre { padding: .7em 1em; overflow-x: auto } code { padding: 0 .2em } pre code { padding: 0 }
table { border-collapse: collapse } th, td { border: 1px solid #c8d4e4; padding: .3em .6em;
        vertical-align: top; text-align: left }
@media print { body { margin: 0; max-width: none } }
"""


def guide(page, out):
    import markdown

    page = Path(page)
    text = page.read_text("utf-8")
    title = re.match(r"# (.+)", text).group(1)
    body = markdown.markdown(text, extensions=["tables", "fenced_code", "toc", "sane_lists"])

    def inside(found):
        picture = (page.parent / found[1]).read_bytes()
        return f'src="data:image/png;base64,{base64.b64encode(picture).decode()}"'

    body = re.sub(r'src="([^":]+\.png)"', inside, body)
    # A page beside this one is not taken along.
    body = re.sub(r'<a href="[^"#:]+\.(?:md|tsv|json|toml)[^"]*">(.*?)</a>', r"\1", body)
    Path(out).write_text(
        f'<!DOCTYPE html>\n<html lang="vi">\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{STYLE}</style>\n{body}\n</html>\n", "utf-8")


def files(folder):
    return sorted(it for it in Path(folder).rglob("*") if it.is_file())


def pack(folder, out):
    moment = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in files(folder):
            name = path.relative_to(Path(folder).parent).as_posix()
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, path.read_bytes())


def lists(folder, out):
    folder, out = Path(folder), Path(out)
    out.mkdir(parents=True, exist_ok=True)
    put, taken, places = [], [], {}
    for path in files(folder):
        places.setdefault(path.parent.relative_to(folder), []).append(path)
    for place, held in sorted(places.items()):
        target = PureWindowsPath("$INSTDIR") / PureWindowsPath(place)
        put.append(f'SetOutPath "{target}"')
        put += [f'File "{path.resolve()}"' for path in held]
        # The program goes last: its time is what the others are known by.
        taken += [f'!insertmacro delete_ours "{target / path.name}"' for path in held
                  if path.name != "cchc.exe"]
    every = {parent for place in places for parent in (place, *place.parents)} - {Path(".")}
    for place in sorted(every, key=lambda it: (-len(it.parts), it)):
        taken.append(f'RMDir "{PureWindowsPath("$INSTDIR") / PureWindowsPath(place)}"')
    taken.append('Delete "$INSTDIR\\cchc.exe"')
    (out / "install.nsh").write_text("\n".join(put) + "\n", "utf-8")
    (out / "uninstall.nsh").write_text("\n".join(taken) + "\n", "utf-8")


if __name__ == "__main__":
    {"guide": guide, "zip": pack, "lists": lists}[sys.argv[1]](*sys.argv[2:])
