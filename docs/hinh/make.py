#!/usr/bin/env python3
"""Makes the pictures of the guide from what the program really writes and says.

    docs/hinh/make.py CCHC [NAME…]     CCHC is the program; NAMEs, or all

Needs LibreOffice with fonts-liberation, fonts-dejavu-core, pdftoppm
(poppler-utils), chromium and Pillow.
"""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FONTS = "/usr/share/fonts/truetype/dejavu/"
COLOURS = {"31": "#ff7b72", "33": "#e3b341", "36": "#56d4dd"}
WIDE = 110
# Numbers as Excel shows them in Vietnam.
VIETNAMESE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>vi</value></prop></item></oor:items>"""


def save(image, name):
    image = image.convert("P", palette=Image.Palette.ADAPTIVE, colors=48)
    image.save(HERE / f"{name}.png", optimize=True)
    print(name, (HERE / f"{name}.png").stat().st_size)


def trimmed(image, edge=14):
    blank = Image.new("RGB", image.size, "white")
    left, top, right, bottom = ImageChops.difference(image.convert("RGB"), blank).getbbox()
    return image.crop((max(0, left - edge), max(0, top - edge), right + edge, bottom + edge))


def page(work, book, number, upper=1.0):
    """A page as it is printed; of it, the upper part."""
    settings = work / "profile/user/registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(VIETNAMESE)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", work, book], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    pdf = work / f"{book.stem}.pdf"
    subprocess.run(["pdftoppm", "-r", "84", "-png", "-singlefile", "-f", str(number), "-l", str(number),
                    pdf, work / "page"], check=True)
    image = Image.open(work / "page.png")
    return trimmed(image.crop((0, 0, image.width, int(image.height * upper))))


def browsed(work, html, high):
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
         f"--user-data-dir={work}/chromium", "--hide-scrollbars", f"--window-size=1000,{high}",
         f"--screenshot={work}/page.png", f"file://{html}"], check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return trimmed(Image.open(work / "page.png").convert("RGB"))


def console(text):
    """A window with these lines, coloured as the program colours them."""
    basic = ImageFont.Layout.BASIC
    fonts = [ImageFont.truetype(FONTS + name, size, layout_engine=basic)
             for name, size in (("DejaVuSansMono.ttf", 14), ("DejaVuSans.ttf", 13))]
    unknown = bytes(fonts[0].getmask("\uffff"))
    wide, high, edge = 8, 20, 14
    lines = []
    for line in text.strip("\n").split("\n"):
        colour = re.search("\x1b\\[(\\d+)m", line)
        plain = re.sub("\x1b\\[[0-9;?]*[A-Za-z]", "", line).replace("\r", "")
        for at in range(0, max(len(plain), 1), WIDE):
            lines.append((plain[at:at + WIDE], COLOURS.get(colour[1] if colour else "", "#e6edf3")))
    size = (wide * max(len(line) for line, _ in lines) + 2 * edge, high * len(lines) + 2 * edge)
    image = Image.new("RGB", size, "#16191f")
    draw = ImageDraw.Draw(image)
    for row, (line, colour) in enumerate(lines):
        for col, letter in enumerate(line):
            # The first font has few of the Vietnamese letters.
            font = fonts[bytes(fonts[0].getmask(letter)) == unknown]
            middle = edge + col * wide + wide / 2
            draw.text((middle, edge + row * high + 15), letter, font=font, fill=colour, anchor="ms")
    return image


def screen(words, folder, keys=(), home=None):
    """What a person sees who started the program in a terminal and typed `keys`."""
    child, end = pty.fork()
    if child == 0:
        os.chdir(folder)
        if home:
            os.environ.update(HOME=str(home), XDG_CONFIG_HOME=str(home), XDG_DATA_HOME=str(home),
                              XDG_STATE_HOME=str(home))
        os.execv(words[0], [str(word) for word in words])
    said, keys, quiet = b"", list(keys), time.monotonic()
    while True:
        ready, _, _ = select.select([end], [], [], 0.5)
        try:
            more = os.read(end, 65536) if ready else b""
        except OSError:
            break
        if more:
            said, quiet = said + more, time.monotonic()
        elif time.monotonic() - quiet > 1.5:
            if not keys:
                break
            os.write(end, keys.pop(0).encode() + b"\n")
            quiet = time.monotonic()
    os.close(end)
    os.waitpid(child, 0)
    # A bar that was drawn and wiped is not what stays on the screen.
    return "\n".join(line.split("\r")[-1] if line.count("\r") > 1 else line
                     for line in said.decode().replace("\r\n", "\n").split("\n"))


class Pictures:
    def __init__(self, program, work):
        self.program, self.work = program, work
        for name in ("ha-long-2019", "phieu-loi"):
            made = shutil.ignore_patterns("ket-qua", "mau")
            shutil.copytree(ROOT / "samples" / name, work / name, ignore=made)
        self.round, self.flawed = work / "ha-long-2019", work / "phieu-loi"
        for words in (["run", self.round], ["forms", self.round], ["run", self.flawed]):
            subprocess.run([program, *words], stdout=subprocess.DEVNULL, check=False)

    def phieu(self):
        return page(self.work, self.round / "mau/P-HA-TU.xlsx", 1, 0.75)

    def phan_hoi(self):
        return page(self.work, self.flawed / "ket-qua/phan-hoi/P-BAI-CHAY.xlsx", 1, 0.6)

    def tham_dinh(self):
        return page(self.work, self.round / "tham-dinh/tham-dinh-phuong-xa.xlsx", 1, 0.6)

    def xep_hang(self):
        return page(self.work, self.round / "ket-qua/Tong-hop-2019.xlsx", 3, 0.65)

    def khen_thuong(self):
        return page(self.work, self.round / "ket-qua/Khen-thuong-2019.xlsx", 1, 0.6)

    def bang_chon(self):
        return console(screen([self.program], self.work, ["0"], self.work))

    def tinh_hinh(self):
        subprocess.run([self.program, "watch", "--mot-lan", self.flawed], stdout=subprocess.DEVNULL,
                       check=False)
        return browsed(self.work, self.flawed / "theo-doi/tinh-hinh.html", 700)

    def luot_chay(self):
        said = screen([self.program, self.round.name], self.work)
        return console(said.replace(f"{self.work}/", ""))


def main():
    program = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as work:
        pictures = Pictures(program, Path(work))
        every = [name for name in vars(Pictures) if not name.startswith("_")]
        for name in sys.argv[2:] or every:
            save(getattr(pictures, name.replace("-", "_"))(), name.replace("_", "-"))


if __name__ == "__main__":
    main()
