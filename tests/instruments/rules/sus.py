"""SUS: answers 1 to 5; odd items minus 1, even items 5 minus the answer, the sum times 2.5 (Brooke). Acceptable above 70."""

from fractions import Fraction

from tests.instruments.instrument import Answers, Expected


def rule(answers: Answers) -> Expected:
    total = 0
    for number in range(1, 11):
        answer = int(str(answers[f"s{number}"])[1:])
        total += answer - 1 if number % 2 else 5 - answer
    score = total * Fraction(5, 2)
    return {"score": score, "band": "acceptable" if score > 70 else "marginal" if score >= 50 else "unacceptable"}


CASES: list[tuple[Answers, Expected]] = [
    ({f"s{n}": "a3" for n in range(1, 11)}, {"score": 50, "band": "marginal"}),
    ({f"s{n}": "a5" if n % 2 else "a1" for n in range(1, 11)}, {"score": 100, "band": "acceptable"}),
    # Brooke's own example: 22 times 2.5.
    (
        {f"s{n}": f"a{answer}" for n, answer in enumerate((5, 4, 2, 1, 2, 3, 2, 4, 5, 2), start=1)},
        {"score": 55, "band": "marginal"},
    ),
]
