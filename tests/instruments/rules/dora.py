"""DORA quick check 2025 (`data-service.ts`): each measure on a scale of 0 to 10, and the mean of those that are known.

Categories 1 to 6 are spread evenly over 0 to 10, 0% to 100% over 10 to 0. The mean of all industries (2025):
(5.5 + 4.8 + 7.4 + (10 - 1.9) + (10 - 2.2)) / 5 = 6.72.
"""

from fractions import Fraction

from tests.instruments.instrument import Answers, Expected

RANK = "figures.average"
PARTIAL = True
ALL = Fraction("6.72")


def rule(answers: Answers) -> Expected:
    known = [
        Fraction((int(str(answers[item])[1:]) - 1) * 10, 5)
        for item in ("lead-time", "frequency", "recovery")
        if answers.get(item, "unknown") != "unknown"
    ]
    known += [10 - Fraction(str(answers[share])) / 10 for share in ("failed", "rework") if share in answers]
    if not known:
        return {"figures.average": None, "figures.difference": None, "verdict": None}
    average = sum(known, Fraction(0)) / len(known)
    return {
        "figures.average": average,
        "figures.difference": average - ALL,
        "verdict": "above" if average >= ALL else "below",
    }


CASES: list[tuple[Answers, Expected]] = [
    ({}, {"figures.average": None, "verdict": None}),
    (
        {"lead-time": "l6", "frequency": "l6", "recovery": "l6", "failed": 0, "rework": 0},
        {"figures.average": 10, "figures.difference": Fraction("3.28"), "verdict": "above"},
    ),
    (
        {"lead-time": "l4", "frequency": "unknown", "failed": 5},
        {"figures.average": Fraction("7.75"), "verdict": "above"},
    ),
    ({"lead-time": "l1", "frequency": "l1", "recovery": "l1", "failed": 100, "rework": 100}, {"figures.average": 0}),
]
