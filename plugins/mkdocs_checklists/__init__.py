"""Structured YAML checklists as self-scoring widgets inside the articles of a static site."""

from .library.folder import Library
from .library.loaded import LoadedChecklist
from .markdown_ext import ChecklistExtension
from .markdown_page.state import ChecklistError
from .scoring.full_result import FullResult
from .scoring.full_result import score_checklist as score
from .scoring.key import ScoringKey
from .scoring.key_json import key_from_json, key_to_json
from .scoring.score import Result

__all__ = [
    "ChecklistError",
    "ChecklistExtension",
    "FullResult",
    "Library",
    "LoadedChecklist",
    "Result",
    "ScoringKey",
    "key_from_json",
    "key_to_json",
    "score",
]
