"""One checklist file as read; rendering, scoring and lint start from it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property

from ..checks.trusted import TrustedChecklist
from ..diagnostics.diagnostic import Diagnostics
from ..expressions.trees import Tree
from ..model.checklist import Checklist
from ..proof.bands import Proof, prove
from ..proof.longest_path import LongestPath, longest_path
from ..proof.rules import RulesProof, prove_rules
from ..reading.reader import Reading
from ..scoring.key import ScoringKey, scoring_key
from ..scoring.key_json import key_to_json
from .cases import ScoredCase, score_case


@dataclass(frozen=True)
class LoadedChecklist:
    """A file that was read; `trusted` is `None` where the file has an error."""

    id: str
    reading: Reading[Checklist]
    trusted: TrustedChecklist | None

    @property
    def checklist(self) -> Checklist | None:
        """The checklist with every scale put in its place, or `None` where the file has an error."""
        return self.trusted.checklist if self.trusted else None

    @property
    def diagnostics(self) -> Diagnostics:
        return self.reading.diagnostics

    def tree(self, *path: str | int) -> Tree:
        """The `when` or `formula` at a path of the file; only of a file without errors."""
        assert self.trusted is not None
        return self.trusted.trees[path]

    @cached_property
    def key(self) -> ScoringKey:
        """The scoring key; `ValueError` where the file has an error."""
        if self.trusted is None:
            raise ValueError(f"checklist '{self.id}' has errors, so it can't be scored; 'diagnostics' has them")
        return scoring_key(self.id, self.trusted)

    @cached_property
    def proof(self) -> Proof:
        """Where the answer patterns of the scoring key lead; only of a file without errors."""
        return prove(self.key)

    @cached_property
    def rules_proof(self) -> RulesProof:
        """What can happen by outcomes, conditions and figures; only of a file without errors."""
        return prove_rules(self.key)

    @cached_property
    def cases(self) -> list[ScoredCase]:
        """The cases that the page offers, with what each leads to; only of a file without errors."""
        assert self.checklist is not None
        return [score_case(self.key, self.checklist, case) for case in self.checklist.cases]

    @cached_property
    def longest_path(self) -> LongestPath:
        """The most that a reader is asked; only of a file without errors."""
        return longest_path(self.key)

    @cached_property
    def key_json(self) -> str:
        """The scoring key as the page carries it."""
        return json.dumps(key_to_json(self.key), ensure_ascii=False, separators=(",", ":"))
