"""NEWS2: seven observations of 0 to 3; from 7 an emergency, from 5 urgent, and urgent after any single 3 (RCP 2017, charts 1-3)."""

from tests.instruments.instrument import Answers, Expected

POINTS = {
    "breaths": {"r8": 3, "r9": 1, "r12": 0, "r21": 2, "r25": 3},
    "saturation": {"s91": 3, "s92": 2, "s94": 1, "s96": 0},
    "oxygen": {"air": 0, "oxygen": 2},
    "pressure": {"p90": 3, "p91": 2, "p101": 1, "p111": 0, "p220": 3},
    "pulse": {"h40": 3, "h41": 1, "h51": 0, "h91": 1, "h111": 2, "h131": 3},
    "mind": {"alert": 0, "drowsy": 3},
    "temperature": {"t35": 3, "t351": 1, "t361": 0, "t381": 1, "t391": 2},
}


def rule(answers: Answers) -> Expected:
    points = [row[str(answers[item])] for item, row in POINTS.items()]
    score = sum(points)
    band = "emergency" if score >= 7 else "urgent" if score >= 5 or 3 in points else "ward"
    return {"score": score, "band": band}


_WELL: Answers = {
    "breaths": "r12",
    "saturation": "s96",
    "oxygen": "air",
    "pressure": "p111",
    "pulse": "h51",
    "mind": "alert",
    "temperature": "t361",
}
CASES: list[tuple[Answers, Expected]] = [
    (_WELL, {"score": 0, "band": "ward"}),
    ({**_WELL, "mind": "drowsy"}, {"score": 3, "band": "urgent"}),
    ({**_WELL, "oxygen": "oxygen", "breaths": "r21"}, {"score": 4, "band": "ward"}),
    ({**_WELL, "oxygen": "oxygen", "breaths": "r21", "mind": "drowsy"}, {"score": 7, "band": "emergency"}),
    (
        {
            "breaths": "r25",
            "saturation": "s91",
            "oxygen": "oxygen",
            "pressure": "p90",
            "pulse": "h131",
            "mind": "drowsy",
        }
        | {"temperature": "t35"},
        {"score": 20, "band": "emergency"},
    ),
]
