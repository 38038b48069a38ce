"""WHO-5: five items of 0 to 5, the sum times 4. Up to 50 well-being is low; up to 28 depression is likely (Topp et al. 2015)."""

from tests.instruments.instrument import Answers, Expected

ITEMS = ("cheerful", "calm", "active", "rested", "interest")


def rule(answers: Answers) -> Expected:
    score = 4 * sum(int(str(answers[item])[1:]) for item in ITEMS)
    return {"score": score, "band": "very-low" if score <= 28 else "low" if score <= 50 else "well"}


CASES: list[tuple[Answers, Expected]] = [
    (dict.fromkeys(ITEMS, "t5"), {"score": 100, "band": "well"}),
    # A raw sum of 13 is the first that is not low; 7 is the last that is very low.
    ({**dict.fromkeys(ITEMS, "t3"), "calm": "t1"}, {"score": 52, "band": "well"}),
    ({**dict.fromkeys(ITEMS, "t1"), "calm": "t3"}, {"score": 28, "band": "very-low"}),
    (dict.fromkeys(ITEMS, "t0"), {"score": 0, "band": "very-low"}),
]
