"""Apgar: five signs of 0, 1 or 2 points; 7 to 10 is reassuring, 4 to 6 moderately abnormal, 0 to 3 low (ACOG 2015)."""

from tests.instruments.instrument import Answers, Expected

POINTS = {
    "colour": {"pale": 0, "partly": 1, "pink": 2},
    "pulse": {"absent": 0, "slow": 1, "fast": 2},
    "reflex": {"nothing": 0, "grimace": 1, "cries": 2},
    "tone": {"limp": 0, "bent": 1, "active": 2},
    "breath": {"absent": 0, "weak": 1, "good": 2},
}


def rule(answers: Answers) -> Expected:
    score = sum(points[str(answers[sign])] for sign, points in POINTS.items())
    return {"score": score, "band": "reassuring" if score >= 7 else "abnormal" if score >= 4 else "low"}


CASES: list[tuple[Answers, Expected]] = [
    # Nearly every healthy child: blue hands and feet.
    (
        {"colour": "partly", "pulse": "fast", "reflex": "cries", "tone": "active", "breath": "good"},
        {"score": 9, "band": "reassuring"},
    ),
    (
        {"colour": "pale", "pulse": "slow", "reflex": "grimace", "tone": "limp", "breath": "weak"},
        {"score": 3, "band": "low"},
    ),
]
