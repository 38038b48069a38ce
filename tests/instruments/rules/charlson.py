"""Charlson: illnesses of 1, 2, 3 or 6 points, of a pair the graver only, and a point for each decade from 50 (at most 4).

The usual grades: 0 none, 1 and 2 mild, 3 and 4 moderate, 5 and more severe.
"""

from tests.instruments.instrument import Answers, Expected

ONE = {"attack", "failure", "limbs", "brain", "dementia", "lungs", "tissue", "ulcer"}
TWO = {"paralysis", "kidneys", "leukaemia", "lymphoma"}
GRADED = {
    "liver": {"well": 0, "mild": 1, "severe": 3},
    "diabetes": {"no": 0, "simple": 1, "damage": 2},
    "tumour": {"no": 0, "local": 2, "spread": 6},
    "age": {"below50": 0, "from50": 1, "from60": 2, "from70": 3, "from80": 4},
}


def rule(answers: Answers) -> Expected:
    vessels, others = answers["vessels"], answers["others"]
    assert isinstance(vessels, list)
    assert isinstance(others, list)
    illnesses = {*vessels, *others}
    score = len(illnesses & ONE) + 2 * len(illnesses & TWO) + 6 * ("aids" in illnesses)
    score += sum(grades[str(answers[item])] for item, grades in GRADED.items())
    band = "severe" if score >= 5 else "moderate" if score >= 3 else "mild" if score else "none"
    return {"score": score, "band": band}


_WELL: Answers = {
    "vessels": ["none-of-these"],
    "others": ["none-of-these"],
    "liver": "well",
    "diabetes": "no",
    "tumour": "no",
    "age": "below50",
}
CASES: list[tuple[Answers, Expected]] = [
    (_WELL, {"score": 0, "band": "none"}),
    ({**_WELL, "vessels": ["failure", "attack"], "diabetes": "damage"}, {"score": 4, "band": "moderate"}),
    ({**_WELL, "others": ["aids"], "age": "from80"}, {"score": 10, "band": "severe"}),
    (
        {
            "vessels": ["attack", "failure", "limbs", "brain", "paralysis"],
            "others": ["dementia", "lungs", "tissue", "ulcer", "kidneys", "leukaemia", "lymphoma", "aids"],
            "liver": "severe",
            "diabetes": "damage",
            "tumour": "spread",
            "age": "from80",
        },
        {"score": 37, "band": "severe"},
    ),
]
