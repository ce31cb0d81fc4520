#!/usr/bin/env python3
"""The program of one benchmark, built: `bench.py NAME` prints where it is."""

import json
import subprocess
import sys


def program(name):
    """Builds the benchmark of this name; gives the path of its program."""
    build = ["cargo", "bench", "--locked", "--no-run", "--bench", name, "--message-format=json"]
    built = subprocess.run(build, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    messages = [json.loads(line) for line in built.stdout.splitlines()]
    made = [it for it in messages if it.get("executable") and it["target"]["name"] == name]
    return made[0]["executable"]


if __name__ == "__main__":
    print(program(sys.argv[1]))
