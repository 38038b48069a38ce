"""Written by hand: why a target is missed, by the target's id. Shown beside it for as long as it is missed."""

from collections.abc import Mapping

REASONS: Mapping[str, str] = {}
