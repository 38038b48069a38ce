"""`BENCHMARKS.md`."""

import re
from collections.abc import Mapping, Sequence

from bench.report import Findings, Part, describe_targets, render_tables

__all__ = ["renew_section", "write_document"]

HEAD = """\
# Benchmarks

What this package costs, beside plain Markdown, a form written by hand, and others that do something like it. `make bench`
writes this page: everything in one run on one machine, the contenders in turns. Another machine gives other numbers; compare
those of one run only. Why a target is missed is written by hand in `bench/reasons.py`.

```sh
make bench
```

`make bench BENCH_ARGS="--only build browser"` measures some parts, `make bench BENCH_ARGS=--quick` all of it once; neither
writes this page. With `--write` some parts write their own sections, as `make lighthouse` does; each then says when.

## Machine and versions
"""


def _row(name: str, value: str) -> str:
    return f"| {name} | {value} |"


def _section(part: Part, findings: Findings, reasons: Mapping[str, str]) -> str:
    blocks = [f"## {part.title}", part.how, render_tables(part, findings)]
    if part.targets:
        blocks += [f"### Targets: {part.title.lower()}", describe_targets(part, findings, reasons)]
    return "\n\n".join(block.strip() for block in blocks)


def write_document(
    machine: Mapping[str, str], parts: Sequence[Part], found: Mapping[str, Findings], reasons: Mapping[str, str]
) -> str:
    rows = [_row(name, value) for name, value in machine.items()]
    blocks = [HEAD.strip(), "\n".join(["| | |", "| --- | --- |", *rows])]
    blocks += [_section(part, found[part.name], reasons) for part in parts]
    return "\n\n".join(blocks) + "\n"


def renew_section(
    document: str, machine: Mapping[str, str], part: Part, findings: Findings, reasons: Mapping[str, str]
) -> str:
    """The document with one part measured anew, which then says when and on what. A part that it lacks comes last."""
    told = ("Date", "Processor", "Load when it began", "Chromium")
    when = f"Measured by itself: {'; '.join(f'{name.lower()} {machine[name]}' for name in told)}."
    section = f"{_section(part, findings, reasons)}\n\n{when}\n"
    pattern = rf"^## {re.escape(part.title)}\n.*?(?=^## |\Z)"
    if re.search(pattern, document, re.MULTILINE | re.DOTALL) is None:
        return f"{document.rstrip()}\n\n{section}"
    renewed = re.sub(pattern, lambda _: f"{section}\n", document, count=1, flags=re.MULTILINE | re.DOTALL)
    return f"{renewed.rstrip()}\n"
