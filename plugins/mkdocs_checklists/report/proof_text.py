"""What was proved of a file, in a few lines: how many ways to answer there are, where they lead, and what can be reached."""

from __future__ import annotations

from ..diagnostics.diagnostic import count
from ..library.loaded import LoadedChecklist
from ..proof.rules import Shares
from ..scoring.rules_key import RulesKey
from ..words.messages import Messages

# Codes of the linter for what can't be reached.
_IDLE_RULES = frozenset(
    {"idle-outcome", "idle-gate", "idle-note", "idle-verdict", "idle-condition", "constant-condition"}
)
_IDLE = frozenset({"idle-band", "idle-answer-cap", "idle-advice", "idle-cap", "idle-condition", "no-score"})


def proof_text(loaded: LoadedChecklist, words: Messages) -> str:
    """What was proved of a checklist without errors, once it has been linted."""
    key, rules = loaded.key, loaded.key.rules or RulesKey()
    parts = [
        count(len(items), noun)
        for items, noun in (
            (key.items, "question"),
            (rules.inputs, "input"),
            (rules.figures, "figure"),
            (rules.verdicts, "verdict"),
            (rules.decision.outcomes if rules.decision else (), "outcome"),
        )
        if items or (noun == "question" and not rules.inputs)
    ]
    lines = []
    if key.bands:
        parts.append(f"{_ways(words, loaded.proof.patterns, loaded.proof.is_bound)} to answer")
        lines += _bands_proof(loaded, words)
    elif shares := key.rules and loaded.rules_proof.shares:
        parts.append(f"{_ways(words, shares.patterns, shares.is_bound)} to answer")
        lines.append(_shares_proof(shares, words))
    if proved := _rules_proof(loaded):
        lines.append(proved)
    return "\n   ".join([f"{loaded.reading.source.name}: {', '.join(parts)}", *lines])


def _ways(words: Messages, number: int, is_bound: bool) -> str:
    # In digits that every terminal has.
    if number >= 10**15:
        return f"up to 10^{len(str(number))} ways" if is_bound else f"more than 10^{len(str(number)) - 1} ways"
    return f"{'up to ' if is_bound else ''}{words.number(number)} ways"


def _bands_proof(loaded: LoadedChecklist, words: Messages) -> list[str]:
    key, proof = loaded.key, loaded.proof
    shares = [
        f"{name} {words.share(proof.shares[name], is_estimate=proof.sampled > 0)}" for name, _ in reversed(key.bands)
    ]
    if proof.without_score:
        shares.append(f"no score {words.share(proof.without_score)}")
    if proof.sampled:
        reached = "Too many to prove what can be reached."
    elif _IDLE & {problem.code for problem in loaded.diagnostics.warnings}:
        reached = "Not everything can be reached: see the warnings."
    elif _IDLE & {problem.code for problem in loaded.diagnostics.allowed}:
        reached = "Not everything can be reached, which is allowed."
    else:
        reached = "Every band, cap and advice can be reached."
    low, high = key.ends
    return [
        f"{', '.join(shares)} ({_counted(proof.sampled)})",
        f"Bands cover {low} to {high} without gaps. {reached}",
    ]


def _shares_proof(shares: Shares, words: Messages) -> str:
    others = {"close call": shares.close_calls, "no clear answer": shares.unclear}
    parts = {**shares.outcomes, **{name: share for name, share in others.items() if share}}
    texts = [f"{name} {words.share(share, is_estimate=shares.sampled > 0)}" for name, share in parts.items()]
    return f"{', '.join(texts)} ({_counted(shares.sampled)})"


def _counted(sampled: int) -> str:
    return f"shares of {sampled:,} drawn at random" if sampled else "counted exactly"


# What each kind of claim is called in a sentence that claims all of them, in the order of the report.
_ALL_CAN = {
    "win": ("outcome",),
    "fire": ("gate", "note"),
    "be reached": ("verdict",),
    "hold": ("condition",),
}


def _rules_proof(loaded: LoadedChecklist) -> str:
    """That all of the outcomes, gates, verdicts and conditions can come about, and that no expression can fail."""
    rules = loaded.key.rules
    if rules is None:
        return ""
    proof = loaded.rules_proof
    there = {claim.kind for claim in proof.claims}
    texts = ["No expression can fail."] if rules.figures else []
    for verb, kinds in _ALL_CAN.items():
        sound = [kind for kind in kinds if kind in there and proof.is_sound(kind)]
        if sound:
            texts.append(f"Every {' and '.join(sound)} can {verb}.")
    if proof.idle and _IDLE_RULES & {problem.code for problem in loaded.diagnostics.warnings}:
        texts.append("Not everything came about: see the warnings.")
    elif proof.idle:
        texts.append("Not everything came about, which is allowed.")
    return " ".join(texts)
