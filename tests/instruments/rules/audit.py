"""AUDIT: ten items, a sum of 0 to 40, four zones; any point in questions 4 to 6, or 7 to 10, has a meaning (WHO manual 2001)."""

from tests.instruments.instrument import Answers, Expected

OFTEN = ("never", "rarely", "monthly", "weekly", "daily")
EVER = {"never": 0, "before": 2, "lately": 4}
FIRST = ("never", "monthly", "twice-monthly", "twice-weekly", "more")
SECOND = ("upto2", "upto4", "upto6", "upto9", "more")


def rule(answers: Answers) -> Expected:
    drinking = FIRST.index(str(answers["how-often"])) + SECOND.index(str(answers["how-many"]))
    drinking += OFTEN.index(str(answers["six"]))
    dependence = sum(OFTEN.index(str(answers[item])) for item in ("stop", "failed", "morning"))
    harm = sum(OFTEN.index(str(answers[item])) for item in ("guilt", "memory"))
    harm += sum(EVER[str(answers[item])] for item in ("injury", "concern"))
    score = drinking + dependence + harm
    return {
        "score": score,
        "band": "zone4" if score >= 20 else "zone3" if score >= 16 else "zone2" if score >= 8 else "zone1",
        "sections.drinking.score": drinking,
        "sections.dependence.score": dependence,
        "sections.dependence.band": "signs" if dependence else "none",
        "sections.harm.score": harm,
        "sections.harm.band": "signs" if harm else "none",
    }


_ABSTAINS: Answers = {
    **dict.fromkeys(("how-often", "six", "stop", "failed", "morning", "guilt", "memory", "injury", "concern"), "never"),
    "how-many": "upto2",
}
CASES: list[tuple[Answers, Expected]] = [
    (_ABSTAINS, {"score": 0, "band": "zone1", "sections.harm.band": "none"}),
    (
        {**_ABSTAINS, "how-often": "more", "how-many": "more", "concern": "before"},
        {"score": 10, "band": "zone2", "sections.dependence.band": "none", "sections.harm.band": "signs"},
    ),
    (
        {**dict.fromkeys(_ABSTAINS, "daily"), "how-often": "more", "how-many": "more", "injury": "lately"}
        | {"concern": "lately"},
        {"score": 40, "band": "zone4"},
    ),
]
