"""GAD-7: the sum of seven items of 0 to 3 points; cut points 5, 10 and 15 (Spitzer et al. 2006)."""

from tests.instruments.instrument import Answers, Expected

SIGNS = ("nervous", "control", "worry", "relax", "restless", "irritable", "afraid")
DAYS = {"never": 0, "some": 1, "most": 2, "daily": 3}


def rule(answers: Answers) -> Expected:
    score = sum(DAYS[str(answers[sign])] for sign in SIGNS)
    band = "severe" if score >= 15 else "moderate" if score >= 10 else "mild" if score >= 5 else "minimal"
    return {"score": score, "band": band}


CASES: list[tuple[Answers, Expected]] = [
    (dict.fromkeys(SIGNS, "never"), {"score": 0, "band": "minimal"}),
    ({**dict.fromkeys(SIGNS, "some"), "afraid": "daily", "worry": "most"}, {"score": 10, "band": "moderate"}),
    (dict.fromkeys(SIGNS, "daily"), {"score": 21, "band": "severe"}),
]
