"""A history in DuckDB: what an analyst does with `ket-qua/lich-su/*.csv`.

`python3 examples/duckdb_history.py DIR` (needs `pip install duckdb`) opens the
years that `cchc summary DIR` wrote, prints the mean of each bloc, year by year,
checks it against DIR/ket-qua/tong-ket.json, and writes the years as Parquet,
one folder a year, which pandas, Power Query or Spark open as they are. Exit
code 1 when a mean differs.

A country-wide run is the same with one folder a province: each province runs
cchc on its own machine, the files are put below `tinh=…/`, and one query reads
them all. Here two provinces with the same files stand for them.
"""

import json
import shutil
import sys
import tempfile
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb

# The first two lines say the year and the number of rows; codes stay text, and
# what is published in decimals is read as decimals.
YEARS = """
    SELECT regexp_extract(filename, '(\\d{4})\\.csv$', 1)::SMALLINT AS nam, * EXCLUDE filename
    FROM read_csv(?, skip = 2, header = true, union_by_name = true, filename = true,
                  types = {'Mã đơn vị': 'VARCHAR', 'Chỉ số (%)': 'DECIMAL(9,4)',
                           'Thứ hạng': 'INTEGER'})
"""
MEANS = """
    SELECT "Khối" AS khoi, nam, count(*) AS so_don_vi, sum("Chỉ số (%)") AS tong
    FROM nam_nam WHERE "Thứ hạng" IS NOT NULL GROUP BY ALL ORDER BY ALL
"""

PROVINCES = """
    SELECT tinh, count(*), avg("Chỉ số (%)"::DOUBLE) FROM read_csv(?, skip = 2, header = true,
        union_by_name = true, hive_partitioning = true) GROUP BY ALL ORDER BY ALL
"""


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1]) / "ket-qua"
    database = duckdb.connect()
    database.execute(f"CREATE TABLE nam_nam AS {YEARS}", [str(folder / "lich-su" / "*.csv")])
    found = database.execute(MEANS).fetchall()
    for bloc, year, count, total in found:
        print(f"{bloc:12} {year}  {count:6} đơn vị  {mean(total, count)}")
    wrong = differences(found, json.loads((folder / "tong-ket.json").read_text("utf-8")))
    print(*wrong, f"{len(found)} trung bình, {len(wrong)} khác biệt", sep="\n")

    with tempfile.TemporaryDirectory() as parquet:
        database.execute(f"COPY nam_nam TO '{parquet}/lich-su' (FORMAT parquet, PARTITION_BY nam)")
        again = database.execute(
            f"SELECT count(*) FROM read_parquet('{parquet}/lich-su/*/*.parquet')").fetchone()
        rows = database.execute("SELECT count(*) FROM nam_nam").fetchone()
        print(f"Parquet: {again[0]} dòng, CSV: {rows[0]} dòng")
    provinces = two_provinces(database, folder / "lich-su")
    print(*(f"tỉnh {name}: {count} dòng, trung bình {index:.2f}" for name, count, index in provinces),
          sep="\n")
    is_whole = again == rows and [count for _, count, _ in provinces] == [rows[0], rows[0]]
    sys.exit(1 if wrong or not is_whole else 0)


def two_provinces(database, years):
    """One query over a folder for each of two provinces."""
    with tempfile.TemporaryDirectory() as top:
        for name in ("H26", "H49"):
            shutil.copytree(years, Path(top) / f"tinh={name}")
        return database.execute(PROVINCES, [f"{top}/tinh=*/*.csv"]).fetchall()


def mean(total, count):
    return (total / count).quantize(Decimal("0.01"), ROUND_HALF_UP)


def differences(found, told):
    """The means by the program's own series that DuckDB finds otherwise."""
    sums = {}
    for line in told["don-vi"]:
        for point in line["cac-nam"]:
            if point["hang"] is not None:
                own = sums.setdefault((point["khoi"], point["nam"]), [])
                own.append(Decimal(point["chi-so"]))
    anew = {at: mean(sum(indices), len(indices)) for at, indices in sums.items()}
    here = {(bloc, year): mean(total, count) for bloc, year, count, total in found}
    return [f"{at}: DuckDB {here.get(at)}, chương trình {anew.get(at)}"
            for at in sorted(anew.keys() | here.keys()) if here.get(at) != anew.get(at)]


if __name__ == "__main__":
    main()
