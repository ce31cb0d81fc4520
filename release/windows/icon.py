#!/usr/bin/env python3
"""Draws the program's icon: icon.py FILE.ico, or FILE.png for one large picture.

A sheet with three bars that rise, and a tick: drawn by covering each pixel with
a grid of samples, so that the same file comes out everywhere.
"""

import struct
import sys
import zlib
from pathlib import Path

SIZES = (16, 24, 32, 48, 64, 256)
GRID = 4

BLUE, WHITE, PALE, GREEN = (24, 78, 140), (255, 255, 255), (120, 164, 212), (46, 160, 92)
# Left, top, right, bottom, in hundredths of the side.
BARS = ((24, 52, 36, 74, PALE), (41, 40, 53, 74, PALE), (58, 26, 70, 74, BLUE))
TICK = ((58, 76), (70, 88), (92, 60))
STROKE = 6.5


def rounded(x, y, left, top, right, bottom, radius):
    near_x = min(max(x, left + radius), right - radius)
    near_y = min(max(y, top + radius), bottom - radius)
    inside = left <= x <= right and top <= y <= bottom
    return inside and (x - near_x) ** 2 + (y - near_y) ** 2 <= radius ** 2


def on_stroke(x, y, start, end, width):
    (ax, ay), (bx, by) = start, end
    along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
    along = min(max(along, 0), 1)
    return (x - ax - along * (bx - ax)) ** 2 + (y - ay - along * (by - ay)) ** 2 <= width ** 2


def colour(x, y):
    """The colour at a point of the square of a hundred; `None` outside."""
    tick = list(zip(TICK, TICK[1:]))
    if any(on_stroke(x, y, start, end, STROKE) for start, end in tick):
        return GREEN
    if any(on_stroke(x, y, start, end, STROKE + 4) for start, end in tick):
        return WHITE
    if not rounded(x, y, 4, 4, 96, 96, 16):
        return None
    for left, top, right, bottom, fill in BARS:
        if left <= x <= right and top <= y <= bottom:
            return fill
    return WHITE if rounded(x, y, 14, 14, 86, 84, 5) else BLUE


def pixels(size):
    """Rows of (red, green, blue, alpha)."""
    def pixel(col, row):
        steps = [(at + 0.5) / GRID for at in range(GRID)]
        met = [colour((col + x) * 100 / size, (row + y) * 100 / size) for y in steps for x in steps]
        seen = [it for it in met if it]
        if not seen:
            return 0, 0, 0, 0
        mean = [round(sum(it[part] for it in seen) / len(seen)) for part in range(3)]
        return (*mean, round(255 * len(seen) / len(met)))
    return [[pixel(col, row) for col in range(size)] for row in range(size)]


def png(size):
    raw = b"".join(b"\0" + b"".join(map(bytes, row)) for row in pixels(size))
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def bitmap(size):
    """As old programs read an icon: from the bottom up, with a mask of nothing."""
    rows = reversed(pixels(size))
    body = b"".join(bytes((b, g, r, a)) for row in rows for r, g, b, a in row)
    mask = bytes((size + 31) // 32 * 4 * size)
    return struct.pack("<IiiHHIIiiII", 40, size, size * 2, 1, 32, 0, len(body + mask), 0, 0, 0, 0) + body + mask


def icon():
    images = [png(size) if size == 256 else bitmap(size) for size in SIZES]
    head, at = struct.pack("<HHH", 0, 1, len(images)), 6 + 16 * len(images)
    for size, image in zip(SIZES, images):
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(image), at)
        at += len(image)
    return head + b"".join(images)


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_bytes(icon() if path.suffix == ".ico" else png(256))
