"""Every diagnostic code with what it means. Codes are never renamed: authors search for them, tools match them."""

from __future__ import annotations

CODES = {
    # Reading a file
    "unreadable-file": "The file or folder is not there, may not be read, or is none, such as a pipe.",
    "unwritable-folder": "The folder for the browser's files can't be written to.",
    "no-folder": "The folder of the checklist files is not there.",
    "too-large": "The file is larger than five million bytes.",
    "binary-file": "The file holds binary data, not text.",
    "wrong-encoding": "The file is not saved as UTF-8.",
    "control-character": "A character that is no text, such as a null or an escape.",
    "empty-file": "The file holds nothing, or only comments.",
    "yaml-syntax": "The text is not YAML.",
    "tab-indentation": "A line is indented with a tab; YAML takes spaces only.",
    "several-documents": "A second YAML document starts in the file.",
    "complex-key": "A key that is a list or a mapping.",
    "duplicate-key": "The same key twice in one mapping.",
    "alias": "An anchor, an alias or a merge key; write the text out instead.",
    "tag": "A YAML tag such as !!int; the key decides the type of its value.",
    "too-deep": "More than 100 levels of nesting.",
    "bad-file-name": "The file name can't be the id of a checklist, or is nearly the one of a file beside the checklists.",
    "wrong-extension": "The file ends in .yaml or .YML, not .yml, and is not read.",
    # Keys and values
    "unknown-key": "A key that the format does not have.",
    "missing-key": "A key that has to be there.",
    "wrong-type": "A list, keys or text where something else belongs.",
    "empty-text": "A key without a value, or a text without words.",
    "too-long": "A text of more than 20,000 characters.",
    "bad-id": "An id that is not lower-case words joined by hyphens.",
    "bad-number": "Not a number as the key takes it.",
    "out-of-range": "A number below or above what the key takes.",
    "bad-flag": "Neither true nor false.",
    "bad-date": "Not a date such as 2026-11-20.",
    "bad-duration": "Not a number and a unit, such as 20 min or 90 days.",
    "bad-choice": "A word that is none of those the key takes.",
    "bad-link": "Not a link from the top of the docs folder, nor an address.",
    "too-few": "A list with fewer entries than it needs.",
    "too-many": "A list with more entries than it may have.",
    # The checklist as a whole
    "duplicate-id": "The same id twice, where ids have to be unique.",
    "reserved-id": "An id that has a meaning of its own, such as na or score.",
    "reused-id": "An id that was used for something else before.",
    "scale-and-options": "An item with both a scale and options.",
    "no-options": "An item with neither a scale nor options.",
    "unknown-scale": "A scale that is not defined.",
    "unknown-option": "Advice, a cap or a condition for an option that the item does not have.",
    "unknown-band": "A cap at a band that is not defined.",
    "unknown-item": "An item in `after`, or in the columns of a plan, that is not there.",
    "unknown-dimension": "A dimension that the list of dimensions does not have.",
    "after-itself": "An item that comes after itself.",
    "after-cycle": "Items that wait for one another.",
    "score-rules": "Rules of the score that do not go together.",
    "too-fine": "Fractions so small, in numbers so large, that their sums would not be exact.",
    "duplicate-band": "Two bands that start at the same score.",
    "band-gap": "The lowest band does not start where the scores do.",
    "band-unreachable": "A band that starts above the highest score.",
    "band-decimals": "A band starts between two scores that can be shown.",
    "idle-cap": "A cap at the highest band, which changes nothing.",
    "flat-item": "An item that earns the same whatever the answer.",
    "unused-scale": "A scale that no item uses.",
    # Decisions, conditions, calculators
    "outcomes-and-bands": "Outcomes and bands in one checklist.",
    "needs-outcomes": "A key that only a checklist with outcomes can have.",
    "needs-inputs": "A key that only a checklist with inputs can have.",
    "outcome-points": "Plain points in a checklist with outcomes, or points for outcomes in one without.",
    "unknown-outcome": "An outcome that is not defined.",
    "unfed-outcome": "An outcome that no answer speaks for or against.",
    "input-range": "A range that starts where it should end, or an example that the input does not take.",
    "duplicate-main": "A second figure that is to lead the result.",
    "unknown-figure": "A comparison names a figure that is not there.",
    "mixed-units": "A comparison of figures that have different units.",
    "bad-expression": "An expression that can't be read, or has something in it that expressions do not have.",
    "unknown-name": "A name in an expression that is no item, input or figure.",
    "wrong-operand": "A number where a condition is needed, a text where a number is, or the like.",
    "division-by-zero": "A division whose divisor can be zero.",
    "forward-reference": "An expression asks for something that comes later.",
    "expression-cycle": "Conditions or formulas that wait for one another.",
    "hidden-reference": "An expression asks for something that is only there under a condition of its own.",
    "constant-condition": "A condition that has the same value whatever is answered.",
    # Sources, dated facts, glossary
    "unknown-source": "A page cites a source, or a fact rests on one, that is not there.",
    "unknown-fact": "A text names a fact that is not there.",
    "source-without-link": "A source whose text has no link.",
    "nested-reference": "A text of a source, a fact or a term that names a fact, or cites a source where it can't.",
    "duplicate-term": "The same word twice in the glossary.",
    "no-footnotes": "A page cites a source, and the site's Markdown has no footnotes.",
    "unused-source": "A source that nothing cites and no list shows (said by `checklists check` only).",
    "unused-fact": "A fact that no page names and no list shows (said by `checklists check` only).",
    "fact-overdue": "A fact that was reviewed more than a year ago (said by `checklists check` only).",
    "undated-fact": "A fact whose text has no year in it (said by `checklists check` only).",
    # Links
    "unsafe-link": "A link that could run code.",
    "hidden-host": "A link to another host that is not written plainly as https:// and the host, such as //host.",
    "foreign-picture": "A picture in a checklist that comes from another host, which learns who reads the page.",
    "relative-link": "A link that depends on the page it stands on.",
    "unknown-page": "A link to a page that is not there.",
    "unknown-anchor": "A link to a part of a page that is not there.",
    # Pages
    "unknown-directive": "A ::: line that is nearly a directive of ours.",
    "bad-directive": "A directive without a checklist, or with a word too many.",
    "directive-option": "An option that the directive does not have, or a value that it does not take.",
    "unknown-checklist": "A page names a checklist that is not there.",
    "unknown-section": "A page or an input names a section that the checklist does not have.",
    "twice-on-page": "A part of a checklist stands on a page twice.",
    # Guides and what they relate to
    "no-guides": "The option `guides` is missing, or names no page.",
    "orphan-guide": "A guide to which no other guide leads.",
    "unknown-related": "The front matter of a page names a related page that is not there.",
    "related-to-itself": "A page names itself as related.",
    "related-twice": "A page names the same related page twice.",
    # Answers
    "bad-answers": "A file of answers that can't be scored.",
    # What is allowed
    "unknown-code": "A code under `allow` that no message has.",
    "not-silenceable": "A code under `allow` that is no warning of the linter.",
}

LINT_CODES = {
    # The wording of questions and options
    "two-ideas": "A question that asks two things at once.",
    "not-observable": "A question, or an option, that goes by what somebody feels and not by what can be seen.",
    "double-negative": "A question that denies twice.",
    "long-question": "A question of more than 25 words.",
    "options-out-of-order": "An option that earns more than the one before it.",
    "same-option-text": "Two options that read the same.",
    # What a weak answer leads to
    "no-advice": "A weak answer without advice.",
    "no-place-to-go": "A weak answer without a link to where one can read on.",
    "idle-advice": "Advice after an answer that can't be bettered, so it is never shown.",
    # Critical items
    "idle-answer-cap": "Caps that never lower a band, whatever the other answers.",
    "capped-best": "A critical item whose best answer holds the result down too.",
    # What nothing brings about
    "no-score": "No answers give a score.",
    "idle-band": "A band that no answers lead to.",
    "idle-outcome": "An outcome that no answers lead to.",
    "idle-gate": "A gate that never fires.",
    "idle-note": "A note that never fires.",
    "idle-verdict": "A verdict that is never reached.",
    "idle-condition": "Something that is never shown, or a figure never computed.",
    # The file
    "text-cut-by-comment": "A text goes on behind a # that starts a comment.",
    "review-overdue": "A file that nobody has reviewed for more than a year (said by `checklists check` only).",
    "review-in-future": "A review on a day that has not come yet (said by `checklists check` only).",
    "idle-allow": "A warning that is allowed, and that nothing gives rise to.",
}
"""Warnings of the linter: said by `checklists check`, and by a build that asks for them. None of them makes a file wrong."""

SILENCEABLE = frozenset(LINT_CODES) - {"idle-allow"}
"""What `allow` may name."""

CODES |= LINT_CODES
