"""PHQ-9: the sum of nine items of 0 to 3 points; cut points 5, 10, 15 and 20 (Kroenke, Spitzer and Williams 2001).

The tenth question is not part of the sum.
"""

from tests.instruments.instrument import Answers, Expected

SIGNS = ("interest", "mood", "sleep", "energy", "appetite", "worth", "focus", "pace", "harm")
DAYS = {"never": 0, "some": 1, "most": 2, "daily": 3}


def rule(answers: Answers) -> Expected:
    score = sum(DAYS[str(answers[sign])] for sign in SIGNS)
    if score >= 20:
        band = "severe"
    elif score >= 15:
        band = "moderately-severe"
    elif score >= 10:
        band = "moderate"
    elif score >= 5:
        band = "mild"
    else:
        band = "minimal"
    return {"score": score, "band": band}


_NEVER = dict.fromkeys(SIGNS, "never")
CASES: list[tuple[Answers, Expected]] = [
    ({**_NEVER, "difficulty": "extremely"}, {"score": 0, "band": "minimal"}),
    ({**_NEVER, "harm": "daily", "mood": "most", "difficulty": "none"}, {"score": 5, "band": "mild"}),
    ({**dict.fromkeys(SIGNS, "daily"), "difficulty": "none"}, {"score": 27, "band": "severe"}),
]
