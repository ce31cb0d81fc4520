// Types cells into workbooks with SheetJS and lets it save them.
//
// `node save_sheetjs.js JOBS.json`: JOBS is a list of
// {"from", "to", "cells": [[sheet, cell, kind, value], …]}.

const fs = require("fs");
const XLSX = require("xlsx");

function save(job) {
  const book = XLSX.readFile(job.from, { cellFormula: true, cellNF: true });
  for (const [title, cell, kind, value] of job.cells) {
    const sheet = book.Sheets[title];
    if (kind === "text") sheet[cell] = { t: "s", v: value };
    else if (kind === "date") sheet[cell] = { t: "n", v: value, z: "dd/mm/yyyy" };
    else sheet[cell] = { t: "n", v: value };
  }
  XLSX.writeFile(book, job.to, { bookType: "xlsx" });
}

JSON.parse(fs.readFileSync(process.argv[2], "utf8")).forEach(save);
