"""`python -m bench`: measure, print, and write `BENCHMARKS.md`."""

import argparse
import sys
from collections.abc import Sequence
from time import perf_counter

from bench.chromium import chromium_version
from bench.document import renew_section, write_document
from bench.machine import describe_machine
from bench.parts import PARTS
from bench.reasons import REASONS
from bench.report import Findings, Settings, describe_targets, render_tables
from tests.helpers import REPOSITORY

DOCUMENT = REPOSITORY / "BENCHMARKS.md"


def main(arguments: Sequence[str] | None = None) -> int:
    names = [part.name for part in PARTS]
    parser = argparse.ArgumentParser(prog="make bench", description="Measure beside others, and write BENCHMARKS.md.")
    parser.add_argument("--only", nargs="+", choices=names, metavar="PART", help=f"only some of: {', '.join(names)}")
    parser.add_argument("--quick", action="store_true", help="once each, and without the longest: does it work?")
    parser.add_argument("--write", action="store_true", help="with --only: write the sections of those parts anew")
    options = parser.parse_args(arguments)
    if options.write and (options.quick or not options.only):
        parser.error("--write goes with --only, and not with --quick")

    machine = describe_machine(chromium_version())
    found: dict[str, Findings] = {}
    for part in PARTS:
        if options.only and part.name not in options.only:
            continue
        print(f"# {part.title}", flush=True)
        start = perf_counter()
        found[part.name] = findings = part.measure(Settings(quick=options.quick))
        print(f"\n{render_tables(part, findings, level=2)}\n\n{describe_targets(part, findings, REASONS)}")
        print(f"({perf_counter() - start:.0f} s)\n", flush=True)

    if options.write:
        text = DOCUMENT.read_text("utf-8")
        for part in PARTS:
            if part.name in found:
                text = renew_section(text, machine, part, found[part.name], REASONS)
        DOCUMENT.write_text(text, "utf-8")
        print(f"Written: {DOCUMENT.name}, {', '.join(found)}")
        return 0
    if options.only or options.quick:
        print(f"{DOCUMENT.name} is left as it is: only a whole run, or one with --write, is written there.")
        return 0
    DOCUMENT.write_text(write_document(machine, PARTS, found, REASONS), "utf-8")
    print(f"Written: {DOCUMENT.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
