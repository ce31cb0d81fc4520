#!/usr/bin/env bash
# Makes the workbooks of every sample again from the texts beside them:
#
#     samples/make.sh
#
# Needs, besides Rust: python3 with openpyxl, xlsxwriter and msoffcrypto-tool;
# LibreOffice with its `uno` for /usr/bin/python3; node and npm (SheetJS 0.18.5
# is fetched into a temporary folder). Forms are saved by four programs so that
# the samples look like what units send.
set -euo pipefail
cd "$(dirname "$0")/.."

need() { command -v "$1" >/dev/null || { echo "samples/make.sh needs $1" >&2; exit 2; }; }
for program in cargo python3 soffice node npm; do need "$program"; done
python3 -c 'import openpyxl, xlsxwriter, msoffcrypto' ||
  { echo "pip install openpyxl xlsxwriter msoffcrypto-tool" >&2; exit 2; }
/usr/bin/python3 -c 'import uno' || { echo "apt install python3-uno" >&2; exit 2; }

temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
npm install --silent --prefix "$temporary" xlsx@0.18.5
export NODE_PATH="$temporary/node_modules" PYTHONDONTWRITEBYTECODE=1

cargo build --release --quiet
cchc=target/release/cchc
large=samples/ha-long-2019
faulty=samples/phieu-loi

for round in $large $faulty; do rm -rf $round/{bo-chi-so,mau,nop,tham-dinh,khao-sat,ket-qua}; done
python3 samples/make/sample_make.py round
"$cchc" forms $large
python3 samples/make/sample_make.py forms
"$cchc" appraise $large
python3 samples/make/sample_make.py results
"$cchc" run $large
cp $large/ket-qua/ket-qua.json samples/ha-long-2011-2020/2019/
python3 samples/make/sample_history.py

python3 samples/make/sample_faults.py round
"$cchc" forms $faulty
python3 samples/make/sample_faults.py forms

rm -rf $large/{mau,ket-qua} $faulty/mau
