"""How old the dated facts are: when somebody last looked, and from which year a fact itself is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from ..diagnostics.diagnostic import count
from .files import Knowledge
from .model import FactEntry

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def facts_by_age(known: Iterable[Knowledge], today: date) -> str:
    """One line a fact, the one first that was looked at longest ago, and of those looked at together the oldest.

    The year is the newest that the text names, up to this one: a text may also say when a rule will start.
    """
    facts = {name: fact for files in known for name, fact in files.fact.items()}
    lines = [
        f"   {fact.reviewed}  {count(max(0, (today - fact.reviewed).days), 'day'):>9}  {_year(fact, today) or '    '}  {name}"
        for name, fact in sorted(facts.items(), key=lambda entry: (entry[1].reviewed, _year(entry[1], today), entry[0]))
    ]
    return "\n".join([f"{count(len(lines), 'fact')} by age: reviewed, days since then, year of the fact, id", *lines])


def _year(fact: FactEntry, today: date) -> str:
    return max((year for year in _YEAR.findall(fact.text) if int(year) <= today.year), default="")
