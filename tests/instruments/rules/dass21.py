"""DASS-21: seven items of 0 to 3 for each of three scales, the sums doubled; ranges of the manual (Lovibond and Lovibond 1995)."""

from tests.instruments.instrument import Answers, Expected

SCALES = {
    "depression": (3, 5, 10, 13, 16, 17, 21),
    "anxiety": (2, 4, 7, 9, 15, 19, 20),
    "stress": (1, 6, 8, 11, 12, 14, 18),
}
# The last score that is still normal, mild, moderate and severe.
RANGES = {"depression": (9, 13, 20, 27), "anxiety": (7, 9, 14, 19), "stress": (14, 18, 25, 33)}
NAMES = ("normal", "mild", "moderate", "severe", "extreme")


def rule(answers: Answers) -> Expected:
    expected: Expected = {"band": "three"}
    for scale, questions in SCALES.items():
        score = 2 * sum(int(str(answers[f"q{n}"])[1:]) for n in questions)
        expected[f"dimensions.{scale}.score"] = score
        expected[f"dimensions.{scale}.band"] = NAMES[sum(score > end for end in RANGES[scale])]
    # No published number; it only says which answers are the worst.
    expected["score"] = sum(int(str(expected[f"dimensions.{scale}.score"])) for scale in SCALES)
    return expected


def _case(depression: int, anxiety: int, stress: int) -> Answers:
    of = {n: answer for name, answer in zip(SCALES, (depression, anxiety, stress), strict=True) for n in SCALES[name]}
    return {f"q{n}": f"a{of[n]}" for n in range(1, 22)}


CASES: list[tuple[Answers, Expected]] = [
    (_case(0, 0, 0), {f"dimensions.{scale}.band": "normal" for scale in SCALES}),
    # 14 points: moderate depression and anxiety, but still normal stress.
    (
        _case(1, 1, 1),
        {
            "dimensions.depression.score": 14,
            "dimensions.depression.band": "moderate",
            "dimensions.anxiety.band": "moderate",
            "dimensions.stress.band": "normal",
        },
    ),
    # 28 points.
    (
        _case(2, 2, 2),
        {
            "dimensions.depression.band": "extreme",
            "dimensions.anxiety.band": "extreme",
            "dimensions.stress.band": "severe",
        },
    ),
]
