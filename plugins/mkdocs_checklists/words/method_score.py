"""How a checklist is scored, in words for its readers: the rules, what was proved of them, and how old they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..model.checklist import Checklist
from ..proof.bands import Proof
from ..scoring.key import ScoringKey
from .messages import Messages


@dataclass(frozen=True)
class Method:
    """The texts of the fold *How this is scored*."""

    checklist: Checklist
    key: ScoringKey
    proof: Proof
    messages: Messages

    def rules(self) -> str:
        """How points become a score, and what may keep a band from being awarded."""
        return " ".join(self._rules())

    def _rules(self) -> Iterator[str]:
        say, key = self.messages.text, self.key
        least, most = (self.messages.points(end, key.units.sums) for end in key.sums)
        if key.points:
            yield say("method-points", least=least, most=most)
        else:
            low, high = (self.messages.number(end) for end in key.range)
            if key.from_zero:
                name = "method-sections-zero" if key.by_section else "method-items-zero"
            else:
                name = "method-sections" if key.by_section else "method-items"
            yield say(name, least=least, most=most, low=low, high=high)
        if key.by_section:
            if len({section.weight for section in key.sections if section.weight}) > 1:
                yield say("method-weighted")
            weights = zip(self.checklist.sections, key.sections, strict=True)
            if idle := [section.title for section, counted in weights if not counted.weight]:
                yield say("method-idle", sections="; ".join(idle))
        if key.better == "lower":
            yield say("method-better-lower")
        if key.better == "neither":
            yield say("method-better-neither")
        if key.open_zero:
            yield say("method-open-zero")
        if key.unknown:
            name = "method-unknown-measured" if key.better == "neither" else "method-unknown"
            yield say(name, unknown=say("unknown"))
        if not key.points or 10**key.decimals % key.units.sums:
            yield say("method-ends")
            if key.caps or key.dimension_bands or any(section.bands for section in key.sections):
                yield say("method-ends-parts")
        if any(item.given for item in key.items):
            yield say("method-given")
        if any(item.na for item in key.items):
            yield say("method-na", na=say("na"))
        if any(item.many for item in key.items):
            yield say("method-several")
        if key.enough:
            yield say("method-enough", enough=key.enough)
        if any(item.caps for item in key.items):
            yield say("method-critical", critical=say("critical"))
        yield from self._section_caps()
        if any(share < key.units.shares for item in key.items for share in item.dimensions.values()):
            yield say("method-shares")
        if any(dimension.within for dimension in self.checklist.dimensions):
            yield say("method-within")

    def _section_caps(self) -> Iterator[str]:
        sections = {section.id: section.title for section in self.checklist.sections}
        bands = {band.id: band.title for band in self.checklist.bands}
        for cap in self.key.caps:
            name = "method-section-cap-above" if self.key.better == "lower" else "method-section-cap"
            band, bound = self.key.bands[cap.band][0], self.messages.score(cap.below, self.key.decimals)
            yield self.messages.text(name, section=sections[cap.section], bound=bound, band=bands[band])

    def patterns(self) -> str:
        """How many ways to answer there are, and whether all of them were counted."""
        words, proof = self.messages, self.proof
        name = "method-sampled" if proof.sampled else "method-patterns"
        ways = words.ways(proof.patterns, is_bound=proof.is_bound)
        return words.text(name, patterns=ways, sample=words.number(proof.sampled))

    def shares(self, bands: Iterable[tuple[str, str, str]]) -> Iterator[str]:
        """What share of them leads to each band (id, title and scores), and to no score."""
        proof, words = self.proof, self.messages
        for name, title, scores in bands:
            share = words.share(proof.shares[name], is_estimate=proof.sampled > 0)
            yield words.text("method-share", band=title, range=scores, share=share)
        if proof.without_score:
            yield words.text("method-no-score", share=words.share(proof.without_score))

    def standing(self) -> str:
        """What was proved, and when a person last looked."""
        say = self.messages.text
        texts = []
        if self.proof.is_sound and not self.proof.sampled:
            texts.append(say("method-reached"))
            if any(item.caps for item in self.key.items):
                texts.append(say("method-held"))
        texts.append(say("method-revision", revision=self.key.revision))
        if self.checklist.reviewed:
            texts.append(say("method-reviewed", date=self.messages.day(self.checklist.reviewed)))
        return " ".join(texts)
