"""What the browser needs, besides a reader's own answers, to say how far she is with a checklist that is not on the page.

A file of its own, and not an attribute of the index: of twelve checklists with twelve questions all keys are 19 kB in the page,
compressed 4 kB; with a calculator and a decision among them 60 kB, which double the page even compressed (7 to 15 kB). All of it on
every visit. Fetched only for what somebody has begun, they cost a new reader nothing, and others 0.6 kB each as a rule.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from ..expressions.trees import decimal_text
from ..library.loaded import LoadedChecklist
from ..scoring.key_json import key_to_json

KEYS_FOLDER = "keys"
"""Beside the browser's other files."""


def index_key(loaded: LoadedChecklist) -> str:
    """The scoring key with the words of its results, as JSON; what is empty is left out."""
    checklist = loaded.checklist
    assert checklist is not None
    figures = checklist.figures
    main = next((figure for figure in figures if figure.main), figures[0] if figures else None)
    data: dict[str, Any] = {
        "key": key_to_json(loaded.key),
        "subject": checklist.subject,
        "bands": {band.id: band.title for band in checklist.bands},
        "outcomes": {outcome.id: outcome.title for outcome in checklist.outcomes},
        "verdicts": {verdict.id: verdict.title for verdict in checklist.verdicts},
        "main": main and {"id": main.id, "text": main.text, "unit": main.unit or "", "decimals": main.decimals},
        "examples": {entry.id: decimal_text(entry.example) for entry in checklist.inputs if entry.example is not None},
    }
    kept = {name: value for name, value in data.items() if value}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def index_files(checklists: Iterable[LoadedChecklist]) -> dict[str, bytes]:
    """File name to content, for all checklists without errors."""
    return {f"{KEYS_FOLDER}/{loaded.id}.json": index_key(loaded).encode() for loaded in checklists if loaded.checklist}


def version_of(key: str) -> str:
    """Eight hexadecimal digits that change with the key: a browser's copy of an older one is not taken for it."""
    return hashlib.sha256(key.encode()).hexdigest()[:8]
