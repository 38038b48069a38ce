"""`BENCHMARKS.md`."""

from collections.abc import Mapping, Sequence

from bench.report import Findings, Part, describe_targets, render_tables

__all__ = ["write_document"]

HEAD = """\
# Benchmarks

What this package costs, beside plain Markdown, a form written by hand, and others that do something like it. `make bench`
writes this page: everything in one run on one machine, the contenders in turns. Another machine gives other numbers; compare
those of one run only. Why a target is missed is written by hand in `bench/reasons.py`.

```sh
make bench
```

`make bench BENCH_ARGS="--only build browser"` measures some parts, `make bench BENCH_ARGS=--quick` all of it once; neither
writes this page.

## Machine and versions
"""


def write_document(
    machine: Mapping[str, str], parts: Sequence[Part], found: Mapping[str, Findings], reasons: Mapping[str, str]
) -> str:
    rows = [f"| {name} | {value} |" for name, value in machine.items()]
    blocks = [HEAD, "\n".join(["| | |", "| --- | --- |", *rows])]
    for part in parts:
        findings = found[part.name]
        blocks += [f"## {part.title}", part.how, render_tables(part, findings)]
        if part.targets:
            blocks += [f"### Targets: {part.title.lower()}"]
            blocks += [describe_targets(part, findings, reasons)]
    return "\n\n".join(block.strip() for block in blocks) + "\n"
