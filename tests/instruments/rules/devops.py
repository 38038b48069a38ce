"""DevOps maturity (`scorer.py`): the weights of what is answered yes, of all weights, in per cent; levels at 30, 50, 70 and 90."""

from fractions import Fraction

from tests.instruments.instrument import Answers, Expected

PARTIAL = True
HALF = Fraction(1, 2)
WEIGHTS = {
    "basics": {"branches": Fraction(1), "requests": Fraction(1), "clean": HALF},
    "quality": {
        "unit": Fraction(1),
        "functional": Fraction(1),
        "performance": HALF,
        "coverage": HALF,
        "accessibility": HALF,
    },
    "security": {"flaws": Fraction(1), "licences": HALF},
    "supply": {"process": Fraction(1), "as-code": Fraction(1), "signing": HALF, "pinning": HALF, "parts": HALF},
    "analysis": {"static": HALF, "dynamic": HALF, "linting": HALF},
    "reporting": {"alerts": Fraction(1), "reports": HALF, "audit": HALF},
}


def rule(answers: Answers) -> Expected:
    if not answers:
        return {}
    expected: Expected = {}
    earned = most = Fraction(0)
    for category, weights in WEIGHTS.items():
        yes = sum((weight for item, weight in weights.items() if answers.get(item) == "yes"), Fraction(0))
        limit = sum(weights.values(), Fraction(0))
        expected[f"sections.{category}.score"] = 100 * yes / limit
        earned, most = earned + yes, most + limit
    score = 100 * earned / most
    levels = ("begun", "passing", "bronze", "silver", "gold")
    return {**expected, "score": score, "band": levels[sum(score >= cut for cut in (30, 50, 70, 90))]}


_ALL: Answers = {item: "yes" for weights in WEIGHTS.values() for item in weights}
CASES: list[tuple[Answers, Expected]] = [
    (_ALL, {"score": 100, "band": "gold"}),
    # All weights are 14.5; without 1.5 of them it is 89.66%, which must not be rounded up to the next level.
    ({**_ALL, "branches": "no", "audit": "no"}, {"score": Fraction(2600, 29), "band": "silver"}),
    ({"branches": "yes", "linting": "yes"}, {"score": Fraction(300, 29), "band": "begun", "sections.basics.score": 40}),
]
