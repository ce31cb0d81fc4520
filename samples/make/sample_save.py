"""Saves filled forms by five programs, so that the samples look like what
units send: openpyxl, LibreOffice, SheetJS, XlsxWriter and our own writer.

Every program starts from the blank form and gets the same typed cells.
"""

import datetime
import json
import subprocess
import tempfile
from pathlib import Path

import xlsxwriter

from sheets import load

HERE = Path(__file__).resolve().parent
SYSTEM_PYTHON = "/usr/bin/python3"  # LibreOffice's `uno` belongs to it


def save_all(jobs):
    """`jobs`: (program, path of the blank form, filled workbook, path to save to)."""
    others = {"libreoffice": [], "sheetjs": []}
    for program, source, book, path in jobs:
        path.parent.mkdir(parents=True, exist_ok=True)
        if program == "openpyxl":
            book.save(path)
        elif program == "xlsxwriter":
            save_plain(book, path)
        elif program == "cchc":
            save_ours(source.parent.parent, book, path)
        else:
            edits = list(typed_cells(source, book))
            others[program].append({"from": str(source), "to": str(path), "cells": edits})
    run_other(others["libreoffice"], [SYSTEM_PYTHON, HERE / "save_libreoffice.py"])
    run_other(others["sheetjs"], ["node", HERE / "save_sheetjs.js"])


def run_other(jobs, command):
    if jobs:
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            json.dump(jobs, file, ensure_ascii=False)
            file.flush()
            subprocess.run([*command, file.name], check=True)


def save_ours(round_, book, path):
    """Our own writer (rust_xlsxwriter), which fills forms in an example only."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        book.save(file.name)
        command = ["cargo", "run", "--release", "--quiet", "--example", "fill_forms", "--"]
        subprocess.run([*command, str(round_), file.name, str(path)], check=True)


def typed_cells(source, book):
    """The cells in which a filled workbook differs from its blank form, as
    [sheet, cell, kind, value]; a day is a serial number."""
    blank = load(source, values=False)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value != blank[sheet.title][cell.coordinate].value:
                    yield [sheet.title, cell.coordinate, *kind_of(cell.value)]


def kind_of(value):
    if isinstance(value, datetime.date):
        return "date", serial(value)
    kind = "number" if isinstance(value, (int, float)) else "text"
    return kind, "" if value is None else value


def serial(day):
    """The number Excel keeps for a day."""
    return (datetime.date(day.year, day.month, day.day) - datetime.date(1899, 12, 30)).days


def save_plain(book, path):
    """Values, formulas and hidden sheets only, as a program that keeps no
    format would save them."""
    made = xlsxwriter.Workbook(path)
    day_format = made.add_format({"num_format": "dd/mm/yyyy"})
    for sheet in book.worksheets:
        target = made.add_worksheet(sheet.title)
        if sheet.sheet_state != "visible":
            target.very_hidden()
        for row in sheet.iter_rows():
            for cell in row:
                at, value = (cell.row - 1, cell.column - 1), cell.value
                if isinstance(value, (datetime.date, datetime.datetime)):
                    target.write_number(*at, serial(value), day_format)
                elif cell.data_type == "f":
                    target.write_formula(*at, value)
                elif isinstance(value, (int, float)):
                    target.write_number(*at, value)
                elif value is not None:
                    target.write_string(*at, value)
    for property in book.custom_doc_props.props:
        made.set_custom_property(property.name, property.value)
    made.close()
