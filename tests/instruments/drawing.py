"""Which answers an instrument is tried with: all where they are few, else both ends, the edges of bands, and many drawn."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, product
from math import prod
from random import Random

from tests.instruments.instrument import Answer, Answers, Instrument, Question, instrument

ALL = 8_000
"""Up to so many sets of answers, all are tried."""
DRAWN = 700
PER_BAND = 12
"""So many sets on either side of every cut score."""


def choices(question: Question) -> list[Answer]:
    """Every definite answer to a question."""
    if question.none is None:
        return [*question.options]
    others = [option for option in question.options if option != question.none]
    sets = [list(chosen) for size in range(1, len(others) + 1) for chosen in combinations(others, size)]
    return [[question.none], *sets]


@cache
def answer_sets(name: str) -> Sequence[Answers]:
    """The sets of answers to try, each once."""
    tested = instrument(name)
    ways = {question.id: choices(question) for question in tested.questions}
    count = prod(len(answers) for answers in ways.values())
    if not tested.inputs and not tested.is_partial and count <= ALL:
        return [dict(zip(ways, found, strict=True)) for found in product(*ways.values())]
    sets = [worst(name), best(name), *(case for case, _ in tested.cases), *_drawn(tested, DRAWN), *_edges(tested)]
    if tested.is_partial:
        sets += [{}, *(_with_gaps(answers, tested, Random(n)) for n, answers in enumerate(_drawn(tested, DRAWN // 3)))]
    return [*{_look(answers): answers for answers in sets}.values()]


def drawn(name: str, count: int) -> list[Answers]:
    """So many different sets of complete answers, always the same ones, and neither end."""
    return _drawn(instrument(name), count)


def _drawn(tested: Instrument, count: int) -> list[Answers]:
    """Sets that lean to one end or the other, so that every part of the scale is met."""
    ranked = _ranked(tested.name)
    ends = [_look(answers) for answers in extremes(tested.name)]
    found: dict[str, Answers] = {}
    for n in range(20 * count):
        if len(found) == count:
            break
        random = Random(f"{tested.name} {n}")
        lean = n % count / max(1, count - 1)
        answers: dict[str, Answer] = {}
        for question, ways in ranked.items():
            place = random.betavariate(0.6 + 3 * lean, 0.6 + 3 * (1 - lean))
            answers[question] = ways[min(len(ways) - 1, int(place * len(ways)))]
        answers |= {name: random.randint(*limits) for name, limits in tested.inputs.items()}
        if _look(answers) not in ends:
            found.setdefault(_look(answers), answers)
    return [*found.values()]


def _look(answers: Answers) -> str:
    return json.dumps(answers, sort_keys=True)


@cache
def _ranked(name: str) -> dict[str, list[Answer]]:
    """The answers to each question, from the lowest published result to the highest, the others being in the middle."""
    tested = instrument(name)
    middle: dict[str, Answer] = {
        question.id: (found := choices(question))[len(found) // 2] for question in tested.questions
    } | {entry: sum(ends) // 2 for entry, ends in tested.inputs.items()}
    return {
        question.id: sorted(
            choices(question),
            key=lambda answer, item=question.id: tested.rank({**middle, item: answer}),  # type: ignore[misc]
        )
        for question in tested.questions
    }


@cache
def extremes(name: str) -> tuple[Answers, Answers]:
    """The answers with the lowest and with the highest published result."""
    tested = instrument(name)
    found = []
    for end in (0, -1):
        answers: dict[str, Answer] = {question: ways[end] for question, ways in _ranked(name).items()}
        answers |= {entry: ends[0] for entry, ends in tested.inputs.items()}
        for entry, ends in tested.inputs.items():
            tried = sorted(ends, key=lambda number, entry=entry: tested.rank({**answers, entry: number}))  # type: ignore[misc]
            answers[entry] = tried[end]
        found.append(answers)
    return found[0], found[1]


def best(name: str) -> Answers:
    """The best answers, by the publication; of a measurement the highest."""
    return extremes(name)[0 if instrument(name).better == "lower" else 1]


def worst(name: str) -> Answers:
    return extremes(name)[1 if instrument(name).better == "lower" else 0]


def _edges(tested: Instrument) -> Iterator[Answers]:
    """For every pair of neighbouring bands, sets that lie on either side of the cut between them, one answer apart."""
    random = Random(tested.name)
    met: dict[tuple[object, object], int] = {}
    low, high = extremes(tested.name)
    for _ in range(2 * PER_BAND):
        order = [*low]
        random.shuffle(order)
        answers = dict(low)
        before = tested.rule(answers).get("band")
        for item in order:
            closer = {**answers, item: high[item]}
            after = tested.rule(closer).get("band")
            if before != after and met.get((before, after), 0) < PER_BAND:
                met[before, after] = met.get((before, after), 0) + 1
                yield answers
                yield closer
            answers, before = closer, after


def _with_gaps(answers: Answers, tested: Instrument, random: Random) -> Answers:
    """The same with some of them open, or not known."""
    asked = {question.id for question in tested.questions}
    gaps = ["open", "unknown"] if tested.has_unknown else ["open"]
    found: dict[str, Answer] = {}
    for name, answer in answers.items():
        if random.random() < 0.6:
            found[name] = answer
        elif random.choice(gaps) == "unknown" and name in asked:
            found[name] = "unknown"
    return found
