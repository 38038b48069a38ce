"""How an outcome is found, in words for readers: the rules, how to follow them on paper, and how old they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..model.checklist import Checklist
from ..scoring.key import ScoringKey
from ..scoring.rules_key import DecisionKey
from .messages import Messages


@dataclass(frozen=True)
class MethodOfDecision:
    """The texts of the fold *How this is scored* of a decision."""

    checklist: Checklist
    key: ScoringKey
    messages: Messages

    @property
    def _decision(self) -> DecisionKey:
        rules = self.key.rules
        assert rules is not None
        assert rules.decision is not None
        return rules.decision

    def rules(self) -> str:
        """How points become fits, and when one of the outcomes is named."""
        return " ".join(self._rules())

    def _rules(self) -> Iterator[str]:
        say, decision = self.messages.text, self._decision
        titles = {outcome.id: outcome.title for outcome in self.checklist.outcomes}
        yield say("fit-points")
        yield say("fit-share")
        yield say("fit-lead" if decision.lead else "fit-best", least=decision.least, lead=decision.lead)
        if decision.lead:
            yield say("fit-close", lead=decision.lead)
        yield say("fit-least", least=decision.least)
        yield say("fit-ties", order=self._quoted(titles[name] for name in decision.ties))
        if decision.gates:
            yield say("fit-gates")
        if self.key.unknown:
            yield say("fit-unknown", unknown=say("unknown"))
        if any(item.na for item in self.key.items):
            yield say("method-na", na=say("na"))
        if any(item.many for item in self.key.items):
            yield say("method-several")
        if self.key.rules and self.key.rules.when:
            yield say("fit-hidden")
        if self.key.enough:
            yield say("method-enough", enough=self.key.enough)

    def steps(self) -> Iterator[str]:
        """What to do with a pencil, step by step."""
        say, left_out = self.messages.text, []
        if self._decision.gates:
            yield say("by-hand-gates")
        if self.key.unknown:
            left_out.append(say("unknown"))
        if any(item.na for item in self.key.items):
            left_out.append(say("na"))
        yield say("by-hand-add")
        if left_out:
            yield say("by-hand-leave-out", answers=self._quoted(left_out))
        yield say("by-hand-ends")
        yield say("by-hand-fit")

    def _quoted(self, texts: Iterable[str]) -> str:
        return self.messages.text("comma").join(self.messages.text("quoted", text=text) for text in texts)

    def standing(self) -> str:
        """Which questions these are, and when a person last looked."""
        texts = [self.messages.text("method-revision", revision=self.key.revision)]
        if self.checklist.reviewed:
            texts.append(self.messages.text("method-reviewed", date=self.messages.day(self.checklist.reviewed)))
        return " ".join(texts)
