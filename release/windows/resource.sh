#!/usr/bin/env bash
# The icon, the version and the manifest, to link into cchc.exe:
# resource.sh FOLDER NAME, where NAME ends in .o for mingw-w64, in .res for
# Microsoft's linker.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
is_new() { # what it is made of is older
  local from
  for from in "$here/../../Cargo.toml" "$here"/{resource.sh,icon.py,cchc.rc,cchc.manifest}; do
    [ "$1" -nt "$from" ] || return 1
  done
}
if is_new "$1/$2"; then
  exit 0
fi
mkdir -p "$1"
version=$(cargo pkgid --manifest-path "$here/../../Cargo.toml" | sed 's/.*[#@]//')
four=${version%%-*}.0
/usr/bin/python3 "$here/icon.py" "$1/cchc.ico"
for name in cchc.rc cchc.manifest; do
  sed -e "s/@VERSION@/$version/" -e "s/@FOUR@/$four/" -e "s/@COMMAS@/${four//./,}/" \
    "$here/$name" >"$1/$name"
done
case $2 in
  *.res) format=res ;;
  *) format=coff ;;
esac
x86_64-w64-mingw32-windres -c 65001 -I "$1" "$1/cchc.rc" -O $format -o "$1/$2"
