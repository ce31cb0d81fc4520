#!/usr/bin/env python3
"""Holds a `ket-qua.json` against its JSON Schema: schema.py SCHEMA RECORD."""

import json
import sys
from pathlib import Path

import jsonschema


def main():
    schema, record = (json.loads(Path(path).read_text("utf-8")) for path in sys.argv[1:3])
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    faults = sorted(kind(schema).iter_errors(record), key=lambda it: list(it.path))
    for fault in faults:
        print("/".join(map(str, fault.path)), fault.message[:200])
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
