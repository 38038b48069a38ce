"""Blacksmith (`scoring.ts`): points earned of the most there are, in per cent with two decimals; what is open earns nothing.

80 and more is excellent, 60 good, 40 fair (`Questionnaire/index.tsx`). The most counts every question, open ones too.
"""

from fractions import Fraction

from tests.instruments.instrument import Answers, Expected

PARTIAL = True
POINTS = {
    "governance": {
        "policies": {"none": 0, "draft": 16, "old": 33, "older": 50, "fresh": 67, "versions": 83, "signed": 100},
        "told": {"none": 0, "versions": 0, "draft": 25, "signed": 33, "old": 50, "older": 75, "fresh": 100},
        "inventory": {"none": 0, "hand": 33, "part": 33, "central": 66, "auto": 100},
        "owner": {"nobody": 0, "informal": 25, "weak": 50, "leader": 75, "board": 100},
    },
    "risks": {"register": {"none": 0, "loose": 0, "some": 50, "kept": 100, "funded": 100}},
    "access": {
        "factor": {"none": 0, "remote": 33, "admins": 67, "all": 100},
        "accounts": {"loose": 0, "written": 33, "checked": 67, "auto": 100},
        "review": {"never": 0, "yearly": 33, "quarterly": 67, "all": 100},
        "sessions": {"no": 0, "logged": 33, "alerts": 67, "live": 100},
    },
    "systems": {
        "malware": {"none": 0, "old": 15, "desks": 60, "watched": 100},
        "patches": {"loose": 0, "monthly": 33, "set": 67, "risk": 100},
        "baseline": {"no": 0, "some": 33, "most": 67, "all": 100},
        "backups": {"open": 50, "near": 33, "apart": 67, "offline": 100},
    },
    "incidents": {
        "logs": {"no": 0, "some": 50, "all": 100},
        "alerts": {"no": 0, "basic": 50, "tuned": 100},
        "plan": {"no": 0, "draft": 50, "yearly": 100},
        "drill": {"never": 0, "seldom": 50, "yearly": 100},
    },
    "awareness": {"training": {"no": 0, "once": 50, "yearly": 100}},
    "vendors": {
        "reports": {"nothing": 0, "after": 25, "tasks": 50, "risks": 75, "choices": 100},
        "contracts": {"nothing": 0, "basic": 50, "full": 100},
    },
}


def rule(answers: Answers) -> Expected:
    if not answers:
        return {}
    expected: Expected = {}
    earned = most = 0
    for section, questions in POINTS.items():
        points = sum(row[str(answers[item])] for item, row in questions.items() if item in answers)
        limit = sum(max(row.values()) for row in questions.values())
        expected[f"sections.{section}.score"] = Fraction(100 * points, limit)
        earned, most = earned + points, most + limit
    score = Fraction(100 * earned, most)
    band = "excellent" if score >= 80 else "good" if score >= 60 else "fair" if score >= 40 else "poor"
    return {**expected, "score": score, "band": band}


_BEST: Answers = {item: max(row, key=row.__getitem__) for rows in POINTS.values() for item, row in rows.items()}
CASES: list[tuple[Answers, Expected]] = [
    (_BEST, {"score": 100, "band": "excellent"}),
    # 2,000 points are the most; one answer of 33 is 1.65%, and of its section, with 400, it is 8.25%.
    ({"backups": "near"}, {"score": Fraction("1.65"), "band": "poor", "sections.systems.score": Fraction("8.25")}),
    ({**_BEST, "backups": "open", "contracts": "nothing"}, {"score": Fraction("92.5"), "sections.vendors.score": 50}),
]
