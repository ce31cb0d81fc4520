"""Zip archives in which anything the directory says may differ from the truth."""

import io
import struct
import zipfile
import zlib

MIB = 1 << 20
STORED, DEFLATED, LZMA = 0, 8, 14
UTF8_NAME = 0x800
LARGEST = 0xFFFFFFFF


class Entry:
    """One entry. What is not given is true; `local_…` stands in the local header."""

    def __init__(
        self,
        name,
        data=b"",
        method=DEFLATED,
        packed=None,
        crc=None,
        size=None,
        flags=None,
        local_name=None,
        local_extra=b"",
        extra=b"",
        offset=None,
        has_local=True,
        version=20,
    ):
        self.name = as_bytes(name)
        self.local_name = self.name if local_name is None else as_bytes(local_name)
        self.method = method
        if packed is None:
            packed = deflate(data) if method == DEFLATED else data
        self.packed = packed
        self.crc = zlib.crc32(data) if crc is None else crc
        self.size = len(data) if size is None else size
        self.flags = (0 if self.name.isascii() else UTF8_NAME) if flags is None else flags
        self.local_extra = local_extra
        self.extra = extra
        self.offset = offset
        self.has_local = has_local
        self.version = version

    def packed_size(self):
        return min(len(self.packed), LARGEST)

    def local_header(self):
        fixed = struct.pack(
            "<4sHHHHHIIIHH",
            b"PK\x03\x04",
            self.version,
            self.flags,
            self.method,
            0,
            0x21,
            self.crc,
            self.packed_size(),
            min(self.size, LARGEST),
            len(self.local_name),
            len(self.local_extra),
        )
        return fixed + self.local_name + self.local_extra

    def directory_header(self):
        fixed = struct.pack(
            "<4sHHHHHHIIIHHHHHII",
            b"PK\x01\x02",
            0x031E,
            self.version,
            self.flags,
            self.method,
            0,
            0x21,
            self.crc,
            self.packed_size(),
            min(self.size, LARGEST),
            len(self.name),
            len(self.extra),
            0,
            0,
            0,
            0o644 << 16,
            min(self.at, LARGEST),
        )
        return fixed + self.name + self.extra


def as_bytes(text):
    return text if isinstance(text, bytes) else text.encode()


def deflate(data, end=zlib.Z_FINISH):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush(end)


def write_zip(entries, prefix=b"", comment=b"", count=None, is_zip64=False):
    out = io.BytesIO()
    out.write(prefix)
    for entry in entries:
        entry.at = out.tell() if entry.offset is None else entry.offset
        if entry.has_local:
            out.write(entry.local_header() + entry.packed)
    start = out.tell()
    for entry in entries:
        out.write(entry.directory_header())
    length = out.tell() - start
    count = len(entries) if count is None else count
    if is_zip64 or 0xFFFF < count:
        record = out.tell()
        out.write(
            struct.pack(
                "<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, length, start
            )
        )
        out.write(struct.pack("<4sIQI", b"PK\x06\x07", 0, record, 1))
        count, length, start = 0xFFFF, LARGEST, LARGEST
    out.write(
        struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, length, start, len(comment))
    )
    return out.getvalue() + comment


def entries_of(parts):
    return [Entry(name, as_bytes(data)) for name, data in parts.items()]


def pack(parts):
    return write_zip(entries_of(parts))


def stream_zip(parts):
    """An archive written without seeking, whose sizes follow the data."""

    class Pipe(io.RawIOBase):
        def __init__(self):
            self.buffer = io.BytesIO()

        def writable(self):
            return True

        def write(self, data):
            return self.buffer.write(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return pipe.buffer.getvalue()


def bomb(head, unit, mebibytes, tail):
    """What an entry needs to hold `head`, `unit` over and over, and `tail`.

    The middle is packed once, and its packed form repeated.
    """
    block = unit * (MIB // len(unit))
    middle = deflate(block, zlib.Z_FULL_FLUSH)
    crc = zlib.crc32(head)
    for _ in range(mebibytes):
        crc = zlib.crc32(block, crc)
    return {
        "packed": deflate(head, zlib.Z_FULL_FLUSH) + middle * mebibytes + deflate(tail),
        "crc": zlib.crc32(tail, crc),
        "size": len(head) + len(block) * mebibytes + len(tail),
    }
