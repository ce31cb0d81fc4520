"""Types cells into workbooks with LibreOffice and lets it save them.

`/usr/bin/python3 save_libreoffice.py JOBS.json`: JOBS is a list of
{"from", "to", "cells": [[sheet, cell, kind, value], …]}.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

PIPE = "cchc-samples"


def option(name, value):
    return PropertyValue(name, 0, value, 0)


def connect():
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(120):
        try:
            address = f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext"
            context = resolver.resolve(address)
            return context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
        except NoConnectException:
            time.sleep(0.5)
    sys.exit("LibreOffice does not answer")


def save(desktop, job):
    source, target = (Path(job[name]).resolve().as_uri() for name in ("from", "to"))
    document = desktop.loadComponentFromURL(source, "_blank", 0, (option("Hidden", True),))
    for title, cell, kind, value in job["cells"]:
        sheet = document.Sheets.getByName(title)
        sheet.unprotect("")
        at = sheet.getCellRangeByName(cell)
        if kind == "text":
            at.setString(value)
        else:
            at.setValue(value)
    document.storeToURL(target, (option("FilterName", "Calc MS Excel 2007 XML"),))
    document.close(True)


def main():
    jobs = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    with tempfile.TemporaryDirectory() as profile:
        office = subprocess.Popen([
            "soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless",
            "--norestore", f"--accept=pipe,name={PIPE};urp;",
        ])
        try:
            desktop = connect()
            for job in jobs:
                save(desktop, job)
            desktop.terminate()
        finally:
            office.wait(60)


if __name__ == "__main__":
    main()
