"""Tables kept as text: tab-separated, a header row, nothing quoted."""


def read(path):
    """The rows as dictionaries by the header's words."""
    lines = path.read_text("utf-8").splitlines()
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:] if line]


def write(path, header, rows):
    lines = ["\t".join(header)]
    lines += ["\t".join("" if value is None else str(value) for value in row) for row in rows]
    path.write_text("\n".join(lines) + "\n", "utf-8")
