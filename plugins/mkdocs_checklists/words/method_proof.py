"""How a decision or a calculator works, in words for its readers: where answers lead, and what was proved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..proof.rules import ClaimKind, RulesProof
from ..scoring.key import ScoringKey
from .messages import Messages


@dataclass(frozen=True)
class RulesMethod:
    """The texts of the fold *How this is scored* that are about outcomes, conditions, inputs and figures."""

    key: ScoringKey
    proof: RulesProof
    messages: Messages

    def patterns(self) -> str:
        """How many ways to answer a decision there are, and whether all of them were counted; empty without a decision."""
        shares, words = self.proof.shares, self.messages
        if shares is None:
            return ""
        ways = words.ways(shares.patterns, is_bound=shares.is_bound)
        name = "method-sampled" if shares.sampled else "method-patterns"
        return words.text(name, patterns=ways, sample=words.number(shares.sampled))

    def shares(self, outcomes: Iterable[tuple[str, str]]) -> Iterator[str]:
        """What share of them leads to each outcome (id, title), to a close call, and to no clear answer."""
        shares, words = self.proof.shares, self.messages
        if shares is None:
            return
        is_estimate = shares.sampled > 0
        for name, title in outcomes:
            share = words.share(shares.outcomes[name], is_estimate=is_estimate)
            yield words.text("method-outcome", outcome=title, share=share)
        for name, part in (("method-close-calls", shares.close_calls), ("method-unclear", shares.unclear)):
            if part:
                yield words.text(name, share=words.share(part, is_estimate=is_estimate))

    def proved(self) -> str:
        """What was proved: that everything the page can say or ask can come up, and that no formula can fail."""
        return " ".join(self._proved())

    def _proved(self) -> Iterator[str]:
        rules, say = self.key.rules, self.messages.text
        if rules is None:
            return
        if self._can_all("outcome"):
            yield say("method-outcomes-reached")
        if self._can_all("verdict"):
            yield say("method-verdicts-reached")
        if self._can_all("gate"):
            yield say("method-gates-fire")
        if self._can_all("condition"):
            yield say("method-all-shown")
        if rules.figures:
            yield say("method-no-failure")

    def _can_all(self, kind: ClaimKind) -> bool:
        """Whether there is something of a kind, and all of it can happen."""
        return any(claim.kind == kind for claim in self.proof.claims) and self.proof.is_sound(kind)
