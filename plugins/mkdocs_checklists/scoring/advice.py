"""Which answers there is something to do about, and in which order: what a result recommends.

`base/score.js` mirrors this in `recommendations`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..model.answers import Resolved, is_unknown
from .answers import cap_of, names_any, points_of
from .key import ItemKey, ScoringKey, SectionKey
from .tally import tally_of, width_of


@dataclass(frozen=True, slots=True)
class _Advice:
    item: ItemKey
    is_urgent: bool
    cap: int
    rise: Fraction

    @property
    def rank(self) -> tuple[bool, int, bool, Fraction]:
        """What comes first has the smaller one."""
        effort = self.item.effort
        return not self.is_urgent, self.cap, effort is None, -self.rise / (effort or 1)


def recommendations(key: ScoringKey, given: Resolved) -> list[str]:
    """The items whose answers there is advice for, what comes first at the front.

    That is every answer with a cap below the best band, and every one that loses points; of a measurement every one that the
    author has written advice for. Facts, and what can lose nothing, are never among them. Urgent answers come first, then the worst
    caps, then what most raises the score for each minute of effort, then what has an effort that nobody has said, by its rise; ties
    are in reading order. What has to be mended before another one comes before it, whatever its own place would be.
    """
    found = [advice for section in key.sections for advice in _of_section(key, section, given)]
    # Sorting is stable, so ties stay in reading order.
    found.sort(key=lambda advice: advice.rank)
    return in_order([advice.item.id for advice in found], {advice.item.id: advice.item.after for advice in found})


def _of_section(key: ScoringKey, section: SectionKey, given: Resolved) -> Iterator[_Advice]:
    top = len(key.bands) - 1
    unit = rise_of_point(key, section, given)
    for item in section.items:
        answer = given.get(item.id)
        points = points_of(item, answer)
        if answer is None or points is None or item.given:
            continue
        if item.advised is not None and not names_any(item.advised, item, answer):
            continue
        cap = cap_of(item, answer, top)
        lost = 0 if key.better == "neither" else item.weight * abs(item.best - points)
        is_wanted = not is_unknown(answer) if key.better == "neither" else cap < top or lost > 0
        if is_wanted:
            yield _Advice(item, names_any(item.urgent, item, answer), cap, unit * lost)


def rise_of_point(key: ScoringKey, section: SectionKey, given: Resolved) -> Fraction:
    """What a weighted point of a section counts in the score, in a unit that is the same for all sections of these answers."""
    if not key.by_section:
        return Fraction(1)
    width = width_of(key, tally_of(key, section.items, given))
    return Fraction(section.weight, width) if width > 0 else Fraction(0)


def in_order(ids: Sequence[str], after: Mapping[str, Iterable[str]]) -> list[str]:
    """The ids as they are, but for those that have to come before another one: each of these is put right in front of it."""
    place = {name: n for n, name in enumerate(ids)}
    before = {name: sorted({place[other] for other in after.get(name, ()) if other in place}) for name in ids}
    ordered: dict[str, None] = {}
    for start in ids:
        # Chains may be as long as the checklist: no function calls itself. What is begun is not begun again, even in a ring.
        begun = {start}
        stack = [(start, iter(before[start]))]
        while stack:
            name, rest = stack[-1]
            following = next((ids[n] for n in rest if ids[n] not in ordered and ids[n] not in begun), None)
            if following is None:
                ordered.setdefault(name)
                stack.pop()
            else:
                begun.add(following)
                stack.append((following, iter(before[following])))
    return [*ordered]
