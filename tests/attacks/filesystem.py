"""Oddities of the file system: FIFOs, links, names. Never `cat` this tree."""

import base64
import os
import socket
import stat
import unicodedata

from listing import ACCEPT, FINDING, REFUSE
from workbooks import workbook


def filesystem(listing):
    form = workbook()

    def valid(path):
        holding(form)(path)

    def hard_link(path):
        os.link(os.path.join(os.fsencode(listing.root), b"fs/good.xlsx"), path)

    def put(name, verdict, description, expect, act=valid):
        make(listing, name, verdict, description, expect, act)

    left_over(put)
    not_regular(put)
    put(
        b"hardlink.xlsx",
        FINDING,
        "second hard link to good.xlsx",
        "finding: same content as good.xlsx",
        hard_link,
    )
    names(put)
    folders(put)


def make(listing, name, verdict, description, expect, act):
    """Lets `act` make `fs/name`, a path in bytes, and lists what it made."""
    shown = name.decode("utf-8", "backslashreplace")
    if not listing.wants("fs", shown):
        return
    row = listing.row("fs", shown, verdict, description, expect)
    row["file_b64"] = base64.b64encode(b"fs/" + name).decode()
    path = os.path.join(os.fsencode(listing.root), b"fs", name)
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if os.path.lexists(path) and (os.path.islink(path) or not os.path.isdir(path)):
            os.unlink(path)
        act(path)
        status = os.lstat(path)
        row["kind"] = stat.filemode(status.st_mode)
        row["bytes"] = status.st_size
    except OSError as error:
        row.update(status="skipped", note=str(error))


def holding(data):
    def act(path):
        with open(path, "wb") as file:
            file.write(data)

    return act


def linking(target):
    return lambda path: os.symlink(target, path)


def folder(path):
    os.makedirs(path, exist_ok=True)


def forbidden_folder(path):
    folder(path)
    os.chmod(path, 0)


def bind_socket(path):
    here = os.getcwd()
    os.chdir(os.path.dirname(path))
    try:
        with socket.socket(socket.AF_UNIX) as unix:
            unix.bind(os.path.basename(path))
    finally:
        os.chdir(here)


def sparse(path):
    with open(path, "wb") as file:
        file.truncate(4 << 30)


def left_over(put):
    put(b"good.xlsx", ACCEPT, "a valid form (control)", "read")
    put(
        b"~$good.xlsx",
        ACCEPT,
        "Excel owner file of an open form (165 bytes)",
        "left out silently, counted as skipped",
        holding(b"\x05admin".ljust(165)),
    )
    put(
        b".~lock.good.xlsx#",
        ACCEPT,
        "LibreOffice lock file",
        "left out silently, counted as skipped",
        holding(b",admin,pc,01.01.2026 08:00,;"),
    )
    for name in (
        b".DS_Store",
        b"Thumbs.db",
        b"desktop.ini",
        b"._good.xlsx",
        b"good.xlsx.crdownload",
        b"good.xlsx.tmp",
        b"good.xlsx.part",
        b"good.xlsx:Zone.Identifier",
    ):
        put(
            name,
            ACCEPT,
            "file that systems or browsers leave behind",
            "left out, counted as skipped (._ files are AppleDouble, not workbooks)",
            holding(b"\0\0\0\1Bud1" + bytes(100)),
        )


def not_regular(put):
    odd = "refused or left out: not a regular file"
    put(
        b"dir.xlsx",
        ACCEPT,
        "a folder named dir.xlsx",
        "treated as a folder or left out; no error for the run",
        folder,
    )
    put(
        b"fifo.xlsx",
        REFUSE,
        "a FIFO: opening it blocks for ever",
        odd + "; must not hang",
        os.mkfifo,
    )
    put(b"socket.xlsx", REFUSE, "a socket", odd, bind_socket)
    put(
        b"link_loop",
        ACCEPT,
        "link to its own folder",
        "walk ends; no file read twice",
        linking(b"."),
    )
    put(
        b"link_self.xlsx",
        REFUSE,
        "link to itself",
        "refused: broken link",
        linking(b"link_self.xlsx"),
    )
    put(
        b"link_dangling.xlsx",
        REFUSE,
        "link to nothing",
        "refused: broken link",
        linking(b"nowhere.xlsx"),
    )
    put(
        b"link_inside.xlsx",
        FINDING,
        "link to good.xlsx in the same folder",
        "left out or read once with a finding: duplicate",
        linking(b"good.xlsx"),
    )
    put(
        b"link_etc_passwd.xlsx",
        REFUSE,
        "link to /etc/passwd",
        "refused or left out; its content never shows in the report",
        linking(b"/etc/passwd"),
    )
    put(
        b"link_dev_zero.xlsx",
        REFUSE,
        "link to /dev/zero",
        odd + "; must not hang",
        linking(b"/dev/zero"),
    )
    put(
        b"link_outside_dir",
        FINDING,
        "link to a folder outside",
        "not followed (or followed with a finding)",
        linking(b"../standalone"),
    )
    put(
        b"sparse_4GiB.xlsx",
        REFUSE,
        "4 GiB sparse file (takes no disk)",
        "refused: file size over the ceiling, without reading it",
        sparse,
    )


def names(put):
    name = "Phường Bến Thành.xlsx"
    put(unicodedata.normalize("NFC", name).encode(), ACCEPT, "name in NFC", "read")
    put(
        unicodedata.normalize("NFD", name).encode(),
        FINDING,
        "the same name in NFD (copied from a Mac)",
        "read; finding: same unit twice",
    )
    put(
        b"n" * 250 + b".xlsx",
        ACCEPT,
        "255-byte name",
        "read; outputs derived from the name must not exceed the limit",
    )
    put("đ".encode() * 120 + b".xlsx", ACCEPT, "245-byte name of 2-byte letters", "read")
    put(
        b"new\nline\ttab.xlsx",
        FINDING,
        "newline and tab in the name",
        "read; shown escaped in reports, one line per file",
    )
    put(
        b"bad\xff\xfeutf8.xlsx",
        FINDING,
        "name is not UTF-8",
        "read or refused, named by escape; no panic",
    )
    put(
        "rtl\u202exslx.xlsx".encode(),
        FINDING,
        "right-to-left override in the name",
        "read; shown escaped",
    )
    put(
        b"=cmd.xlsx",
        FINDING,
        "name starts with = (formula when a report lists it)",
        "read; in the report it is text, not a formula",
    )
    put(b"-rf.xlsx", ACCEPT, "name starts with -", "read")
    put(b" leading and trailing .xlsx", ACCEPT, "spaces at both ends of the name", "read")
    put(b"UPPER.XLSX", ACCEPT, "upper-case extension", "read")
    put(
        b"noext",
        FINDING,
        "a valid form without extension",
        "left out with a finding, or read by content",
    )
    put(b"double.xlsx.xlsx", ACCEPT, "double extension", "read")
    put(
        b"form.xls",
        FINDING,
        "a valid xlsx named .xls",
        "read by content, or finding: name and content differ",
    )
    put(
        b"CON.xlsx",
        ACCEPT,
        "reserved name on Windows",
        "read here; outputs named after it must work on Windows",
    )
    put(b".hidden.xlsx", FINDING, "hidden valid form", "read or left out with a finding")


def folders(put):
    deep = b"/".join(b"d%d" % level for level in range(300))
    put(b"empty_dir", ACCEPT, "empty folder", "no error", folder)
    put(
        b"sub/deep/form.xlsx",
        ACCEPT,
        "form in a nested folder",
        "read (if the walk is recursive), path shown",
    )
    put(
        b"deep/" + deep + b"/form.xlsx",
        ACCEPT,
        "form 300 folders down",
        "read or a finding; no stack overflow",
    )
    if os.geteuid() != 0:
        # Root reads and enters these anyway.
        put(
            b"mode000.xlsx",
            REFUSE,
            "unreadable file (mode 000)",
            "refused: no permission",
            lambda path: (holding(b"x")(path), os.chmod(path, 0)),
        )
        put(
            b"nodir",
            REFUSE,
            "folder without rights (mode 000)",
            "finding: folder not readable; the run goes on",
            forbidden_folder,
        )
