"""Structured YAML checklists as self-scoring widgets inside the articles of a static site."""

from .library import Library
from .loaded import LoadedChecklist
from .markdown_ext import ChecklistExtension
from .markdown_page import ChecklistError
from .scoring import Result, score
from .scoring_key import ScoringKey, key_from_json, key_to_json

__all__ = [
    "ChecklistError",
    "ChecklistExtension",
    "Library",
    "LoadedChecklist",
    "Result",
    "ScoringKey",
    "key_from_json",
    "key_to_json",
    "score",
]
