"""IPIP-NEO-120: answers 1 to 5, 55 items reversed, sums of 24 items; T = 50 + 10 x (sum - mean) / deviation of one's group.

Items, key and norms as in `shortipipneo3.cgi`: item n belongs to facet (n - 1) mod 30, whose domain is n mod 5. A domain is low
below 45, high above 55, else average.
"""

from fractions import Fraction

from tests.instruments.instrument import Answers, Expected

RANK = "score"
DOMAINS = ("neuroticism", "extraversion", "openness", "agreeableness", "conscientiousness")
# In the order of the items: each line has one facet of every domain.
FACETS = (
    *("anxiety", "friendliness", "imagination", "trust", "self-efficacy"),
    *("anger", "gregariousness", "artistic-interests", "morality", "orderliness"),
    *("depression", "assertiveness", "emotionality", "altruism", "dutifulness"),
    *("self-consciousness", "activity-level", "adventurousness", "cooperation", "achievement-striving"),
    *("immoderation", "excitement-seeking", "intellect", "modesty", "self-discipline"),
    *("vulnerability", "cheerfulness", "liberalism", "sympathy", "cautiousness"),
)
REVERSED = {
    *(
        9,
        19,
        24,
        30,
        39,
        40,
        48,
        49,
        51,
        53,
        54,
        60,
        62,
        67,
        68,
        69,
        70,
        73,
        74,
        75,
        78,
        79,
        80,
        81,
        83,
        84,
        85,
        88,
        89,
    ),
    *(90, 92, 94, *range(96, 112), 113, 114, 115, 116, 118, 119, 120),
}
# Means of the five domains, then their deviations.
NORMS = {
    ("male", 0): "67.84 80.70 85.98 81.98 79.66 15.83 15.37 12.37 14.66 14.49",
    ("male", 1): "66.97 78.90 86.51 84.22 85.50 16.48 15.21 12.65 13.10 14.27",
    ("male", 2): "64.11 77.06 83.04 88.33 91.27 16.04 14.31 13.05 11.76 13.35",
    ("male", 3): "58.42 79.73 79.78 90.20 95.31 15.48 13.63 12.21 11.73 11.99",
    ("female", 0): "73.41 84.26 89.01 89.14 81.27 15.61 14.98 11.84 13.21 14.38",
    ("female", 1): "72.14 80.78 88.25 91.91 87.57 16.16 14.64 12.15 11.39 13.87",
    ("female", 2): "67.38 78.62 86.15 95.73 93.45 16.10 14.19 12.62 9.84 12.94",
    ("female", 3): "63.48 78.22 81.56 97.17 96.44 14.92 12.73 12.66 9.52 12.43",
}


def rule(answers: Answers) -> Expected:
    age = int(str(answers["age"]))
    norms = [Fraction(text) for text in NORMS[str(answers["sex"]), sum(age > end for end in (20, 40, 60))].split()]
    facets = [0] * 30
    for n in range(1, 121):
        answer = int(str(answers[f"q{n}"])[1:])
        facets[(n - 1) % 30] += 6 - answer if n in REVERSED else answer
    expected: Expected = {"score": sum(facets), "band": "profile"}
    for name, facet in zip(FACETS, facets, strict=True):
        expected[f"dimensions.{name}.score"] = facet
    notes = []
    for n, domain in enumerate(DOMAINS):
        total = sum(facets[n::5])
        t = 50 + 10 * (total - norms[n]) / norms[n + 5]
        level = "low" if t < 45 else "high" if t > 55 else "average"
        notes.append(f"{domain.capitalize()}: {level} for your group.")
        expected |= {f"sections.{domain}.score": total, f"figures.{domain}-t": t}
    return {**expected, "notes": tuple(notes)}


_MIDDLE: Answers = {f"q{n}": "a3" for n in range(1, 121)}
CASES: list[tuple[Answers, Expected]] = [
    # 72 in every domain.
    (
        {**_MIDDLE, "sex": "male", "age": 20},
        {
            "sections.openness.score": 72,
            "figures.neuroticism-t": 50 + Fraction(4160, 1583),
            "figures.openness-t": 50 - Fraction(13980, 1237),
            "notes": (
                "Neuroticism: average for your group.",
                "Extraversion: low for your group.",
                "Openness: low for your group.",
                "Agreeableness: low for your group.",
                "Conscientiousness: low for your group.",
            ),
        },
    ),
    ({**_MIDDLE, "sex": "female", "age": 61}, {"figures.agreeableness-t": 50 - Fraction(25170, 952)}),
    (
        {f"q{n}": "a5" for n in range(1, 121)} | {"sex": "male", "age": 40},
        {"dimensions.anxiety.score": 20, "score": 380},
    ),
]
