"""A second, independent computation of a round.

`python3 tests/oracle/recompute.py ROUND_DIR` reads the round's files as they
lie there, computes every item, total, index, band, rank and award anew with
exact fractions, and compares with ROUND_DIR/ket-qua/ket-qua.json and the tables
of ROUND_DIR/ket-qua/du-lieu. Prints each difference; the exit code is 1 when
there is any.
"""

import sys
from pathlib import Path

from awards import Awarding
from compare import Comparison
from data import compare_data
from ranking import rank
from read_forms import SET_ASIDE, read_forms
from read_results import read_appraisal, read_last, read_survey
from read_round import read_round
from scoring import card


def recompute(folder):
    """The differences, as lines for a reader."""
    round = read_round(folder)
    files, forms = read_forms(round)
    appraisal, survey, last = read_appraisal(round), read_survey(round), read_last(round)
    cards = {
        unit: card(round, round.units[unit], form, appraisal, survey)
        for unit, form in forms.items()
        if not round.units[unit].exempt
    }
    set_aside = {form.unit for form in files if form.fate == SET_ASIDE}
    rankings = [
        rank(round, bloc, cards, forms, set_aside, survey) for bloc in round.settings["khoi"]
    ]
    comparison = Comparison(round, folder / "ket-qua" / "ket-qua.json")
    comparison.forms(files)
    for ranking in rankings:
        comparison.ranking(ranking, last)
    comparison.status(cards, rankings, appraisal)
    comparison.awards(*_awards(round, forms, rankings))
    compare_data(comparison, folder, rankings)
    return comparison.differences


def _awards(round, forms, rankings):
    if "khen-thuong" not in round.settings:
        return None, None
    collective = Awarding(round, forms, is_individual=False).run(rankings)
    return collective, Awarding(round, forms, is_individual=True).run(rankings)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    differences = recompute(Path(sys.argv[1]))
    for difference in differences:
        print(difference)
    print(f"{len(differences)} khác biệt")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
