"""OWASP SAMM 2: a practice is the sum over three levels of the mean of its two streams, 0 to 3; a function the mean of its three
practices, the whole the mean of the five functions. An open question is a *no*.
"""

from fractions import Fraction

from tests.instruments.instrument import Answers, Expected

PARTIAL = True
POINTS = {"no": Fraction(0), "some": Fraction(1, 4), "half": Fraction(1, 2), "most": Fraction(1)}
MODEL = {
    "governance": {
        "strategy": ("risk", "measure"),
        "policy": ("standards", "law"),
        "education": ("training", "culture"),
    },
    "design": {
        "threats": ("profile", "modelling"),
        "requirements": ("software", "suppliers"),
        "architecture": ("patterns", "technology"),
    },
    "implementation": {
        "build": ("process", "parts"),
        "deploy": ("release", "secrets"),
        "defects": ("tracking", "feedback"),
    },
    "verification": {
        "review": ("validation", "mitigation"),
        "driven": ("control", "abuse"),
        "testing": ("scan", "depth"),
    },
    "operations": {
        "incidents": ("detection", "response"),
        "environment": ("hardening", "patching"),
        "running": ("data", "legacy"),
    },
}


def rule(answers: Answers) -> Expected:
    expected: Expected = {}
    functions = []
    for function, practices in MODEL.items():
        found = []
        for practice, streams in practices.items():
            levels = []
            for level in (1, 2, 3):
                names = [f"{practice}-{stream}-{level}" for stream in streams]
                levels.append(sum(POINTS[str(answers.get(name, "no"))] for name in names) / Fraction(2))
            found.append(sum(levels, Fraction(0)))
            expected[f"dimensions.{practice}.score"] = found[-1]
            for stream in streams:
                names = [f"{practice}-{stream}-{level}" for level in (1, 2, 3)]
                points = [POINTS[str(answers.get(name, "no"))] for name in names]
                expected[f"dimensions.{practice}-{stream}.score"] = sum(points, Fraction(0))
        functions.append(sum(found, Fraction(0)) / 3)
        expected[f"sections.{function}.score"] = functions[-1]
    score = sum(functions, Fraction(0)) / 5
    if not answers:
        return {}
    expected["score"] = score
    expected["band"] = ("start", "one", "two", "three")[int(score)]
    return expected


_ITEMS = [
    f"{practice}-{stream}-{level}"
    for practices in MODEL.values()
    for practice, streams in practices.items()
    for stream in streams
    for level in (1, 2, 3)
]
CASES: list[tuple[Answers, Expected]] = [
    (dict.fromkeys(_ITEMS, "most"), {"score": 3, "band": "three", "sections.design.score": 3}),
    (dict.fromkeys(_ITEMS, "no"), {"score": 0, "band": "start"}),
    # All of level 1 in both streams of one practice: that practice is at 1, its function at a third, the whole at a fifteenth.
    (
        {"strategy-risk-1": "most", "strategy-measure-1": "most"},
        {
            "score": Fraction(1, 15),
            "band": "start",
            "sections.governance.score": Fraction(1, 3),
            "dimensions.strategy.score": 1,
            "dimensions.strategy-risk.score": 1,
        },
    ),
    ({"strategy-risk-1": "some"}, {"dimensions.strategy.score": Fraction(1, 8)}),
]
