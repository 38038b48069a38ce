"""The linter's rule for answers that an author calls urgent and that the verdict does not heed."""

from __future__ import annotations

from ..library.loaded import LoadedChecklist
from ..model.answers import chooses
from ..proof.contradictions import BestCase, best_cases
from .findings import Findings


def lint_verdicts(findings: Findings, loaded: LoadedChecklist) -> None:
    """Urgent answers that leave the verdict of the best answers as it is.

    In a decision an answer is heeded once it moves one of the outcomes whose best answers do without it.
    """
    # Most files call nothing urgent, and then there is nothing to work out.
    if not any(item.urgent for item in loaded.key.items):
        return
    cases = best_cases(loaded.key, only_urgent=True)
    checklist = loaded.checklist
    assert checklist is not None
    for s, section in enumerate(checklist.sections):
        for i, item in enumerate(section.items):
            unmoved: dict[str, list[int]] = {}
            for n, option in enumerate(item.urgent):
                if verdicts := _unmoved(cases, item.id, option):
                    unmoved.setdefault(verdicts, []).append(n)
            for verdicts, places in unmoved.items():
                names = " or ".join(f"'{item.urgent[n]}'" for n in places)
                findings.add(
                    "verdict-unmoved",
                    f"item '{item.id}': {names} is urgent, and with the best answers to all other questions "
                    f"the verdict is still {verdicts}",
                    ("sections", s, "items", i, "urgent", places[0]),
                    "Cap the answer ('caps:'), let it count for more, or do not call it urgent."
                    if checklist.bands
                    else "Let it remove an outcome ('gates:') or speak for another one, or do not call it urgent.",
                )


def _unmoved(cases: list[BestCase], item: str, option: str) -> str:
    """The verdicts that an answer leaves as they are; empty where it moves any, or where there is none to move."""
    kept: dict[str, None] = {}
    for case in cases:
        if chooses(case.given[item], option):
            continue
        weak = [weak for weak in case.singles if weak.choice[0] == item and chooses(weak.choice[1], option)]
        if weak and not any(each.is_unmoved for each in weak):
            return ""
        kept |= {f"'{each.verdict}'": None for each in weak if each.is_unmoved and each.verdict}
    return " or ".join(kept)
