"""Makes importable what the generators share with others: the second
computation of tests/oracle, and how samples/make fills forms."""

import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path += [str(TOP / "tests" / "oracle"), str(TOP / "samples" / "make")]
