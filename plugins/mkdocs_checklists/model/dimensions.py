"""Which dimensions an item counts in, and with which share: those that it names, and all that hold these."""

from __future__ import annotations

from collections.abc import Mapping

from .checklist import Checklist
from .fields import Exact


def all_shares(checklist: Checklist) -> dict[str, dict[str, Exact]]:
    """Item id to dimension to share. In a dimension that holds several of its others an item counts in full at most."""
    holders = {dimension.id: dimension.within for dimension in checklist.dimensions}
    return {item.id: _with_holders(item.dimension, holders) for item in checklist.items}


def _with_holders(named: Mapping[str, Exact], holders: Mapping[str, str | None]) -> dict[str, Exact]:
    shares: dict[str, Exact] = {}
    for name, share in named.items():
        at: str | None = name
        passed = set[str]()
        # Dimensions that hold one another are reported elsewhere, and must not be followed for ever.
        while at is not None and at not in passed:
            passed.add(at)
            shares[at] = min(1, shares.get(at, 0) + share)
            at = holders.get(at)
    return shares
