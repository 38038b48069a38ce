"""CHA2DS2-VASc: C, H, D, V, A (65 to 74) and Sc (female) 1 point, A2 (75) and S2 2 points; 0 low, 1 intermediate, 2 high.

What to do depends on the score without the point for the sex: 0, 1, or 2 and more (ESC 2020).
"""

from tests.instruments.instrument import Answers, Expected

ACTS = ("No anticoagulation is needed.", "Anticoagulation should be considered.", "Anticoagulation is recommended.")


def rule(answers: Answers) -> Expected:
    score = sum(answers[fact] == "yes" for fact in ("failure", "pressure", "diabetes", "vessels"))
    score += 2 * (answers["stroke"] == "yes") + {"young": 0, "older": 1, "old": 2}[str(answers["age"])]
    act = ACTS[min(score, 2)]
    score += answers["sex"] == "female"
    return {"score": score, "band": ("low", "intermediate", "high")[min(score, 2)], "notes": (act,)}


_WELL: Answers = {
    **dict.fromkeys(("failure", "pressure", "diabetes", "stroke", "vessels"), "no"),
    "age": "young",
    "sex": "male",
}
CASES: list[tuple[Answers, Expected]] = [
    (_WELL, {"score": 0, "band": "low", "notes": (ACTS[0],)}),
    ({**_WELL, "sex": "female"}, {"score": 1, "band": "intermediate", "notes": (ACTS[0],)}),
    ({**_WELL, "sex": "female", "pressure": "yes"}, {"score": 2, "band": "high", "notes": (ACTS[1],)}),
    ({**_WELL, "stroke": "yes", "age": "old"}, {"score": 4, "band": "high", "notes": (ACTS[2],)}),
    (
        {**dict.fromkeys(_WELL, "yes"), "age": "old", "sex": "female"},
        {"score": 9, "band": "high", "notes": (ACTS[2],)},
    ),
]
