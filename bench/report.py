"""What a part of the benchmark says: tables, targets and how they were measured; as text and as Markdown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

__all__ = ["Findings", "Part", "Settings", "Table", "Target", "describe_targets", "ratio", "render_tables"]


@dataclass(frozen=True)
class Settings:
    """How thoroughly to measure."""

    quick: bool = False
    """One repetition and no long case: to see whether it works."""

    def times(self, number: int) -> int:
        return 1 if self.quick else number


@dataclass(frozen=True)
class Table:
    title: str
    columns: tuple[str, ...]
    """Without the first, which names the row."""
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Target:
    id: str
    """By which `reasons.py` knows it."""
    words: str
    limit: float
    unit: str
    """`×` or a unit of measurement."""


@dataclass
class Findings:
    cells: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """(title of the table, row) -> its cells; a row that is not here was not measured."""
    values: dict[str, float] = field(default_factory=dict)
    """Id of a target -> what was found."""

    def put(self, table: Table, row: str, *cells: str) -> None:
        if row not in table.rows or len(cells) != len(table.columns):
            raise ValueError(f"{table.title!r} has no place for {row!r} with {len(cells)} cells")
        self.cells[table.title, row] = cells


@dataclass(frozen=True)
class Part:
    """One subject of the benchmark. `measure` fills the rows of its tables and the values of its targets."""

    name: str
    title: str
    how: str
    """Markdown: how each thing is measured."""
    tables: tuple[Table, ...]
    targets: tuple[Target, ...]
    measure: Callable[[Settings], Findings]


def ratio(value: float, base: float) -> str:
    return f"{value / base:.2f} ×" if base else "–"


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def render_tables(part: Part, findings: Findings, level: int = 3) -> str:
    """The tables in Markdown, with a dash where nothing was measured."""
    blocks = []
    for table in part.tables:
        none = ("–",) * len(table.columns)
        lines = [
            _line(("", *table.columns)),
            _line(("---", *("---:" for _ in table.columns))),
            *(_line((row, *findings.cells.get((table.title, row), none))) for row in table.rows),
        ]
        blocks.append(f"{'#' * level} {table.title}\n\n" + "\n".join(lines))
    return "\n\n".join(blocks)


def describe_targets(part: Part, findings: Findings, reasons: Mapping[str, str]) -> str:
    """A table that says of each target whether it is met, and if not, why; empty for a part without targets."""
    if not part.targets:
        return ""
    lines = [_line(("target", "found", "met?")), _line(("---", "---:", "---"))]
    for target in part.targets:
        limit = f"at most {target.limit:g} {target.unit}"
        value = findings.values.get(target.id)
        if value is None:
            lines.append(_line((f"{target.words}: {limit}", "–", "not measured")))
            continue
        verdict = "yes" if value <= target.limit else f"**no**: {reasons.get(target.id, 'nobody has said yet why')}"
        lines.append(_line((f"{target.words}: {limit}", f"{value:.3g} {target.unit}", verdict)))
    return "\n".join(lines)
