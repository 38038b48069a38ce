"""What one directive of a checklist shows of it: the whole article, some of its questions, or its result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Part:
    """What one directive puts on a page."""

    show: Literal["all", "items", "score", "begun"] = "all"
    section: str | None = None
    level: int = 2

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole article, with its title and the result."""
        return self.show == "all" and self.section is None

    @property
    def shows_result(self) -> bool:
        return self.show == "score" or self.is_whole

    def shows(self, section: str) -> bool:
        """Whether it shows the questions of a section."""
        return self.show != "score" and self.section in (None, section)

    @property
    def shows_front(self) -> bool:
        """Whether it shows the inputs that stand before all sections."""
        return self.show != "score" and self.section is None
