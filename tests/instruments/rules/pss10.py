"""PSS-10: ten items of 0 to 4; items 4, 5, 7 and 8 are reversed before the sum. Low to 13, moderate to 26, high to 40."""

from tests.instruments.instrument import Answers, Expected

ANSWERED = ("never", "rarely", "sometimes", "often", "always")
REVERSED = {4, 5, 7, 8}


def rule(answers: Answers) -> Expected:
    score = 0
    for number in range(1, 11):
        raw = ANSWERED.index(str(answers[f"q{number}"]))
        score += 4 - raw if number in REVERSED else raw
    return {"score": score, "band": "low" if score <= 13 else "moderate" if score <= 26 else "high"}


CASES: list[tuple[Answers, Expected]] = [
    # The positive items alone give 16 to one who always answers "never".
    ({f"q{n}": "never" for n in range(1, 11)}, {"score": 16, "band": "moderate"}),
    ({f"q{n}": "always" if n in REVERSED else "never" for n in range(1, 11)}, {"score": 0, "band": "low"}),
    ({f"q{n}": "never" if n in REVERSED else "always" for n in range(1, 11)}, {"score": 40, "band": "high"}),
]
