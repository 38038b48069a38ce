"""Golden files: input and expected output of one behaviour in one YAML file, the output as its last key."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.helpers import write_tree

GOLDEN = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One golden file."""

    path: Path
    data: dict[str, Any]

    def write_input(self, root: Path, generated: dict[str, bytes]) -> None:
        """Write the files that the case names below `root`."""
        files: dict[str, str | bytes] = dict(self.data.get("files", {}))
        if "input" in self.data:
            files["checklists/example.yml"] = self.data["input"]
        if "page" in self.data:
            files["docs/index.md"] = self.data["page"]
        files |= {name: text.encode("latin-1") for name, text in self.data.get("bytes", {}).items()}
        files |= {name: generated[what] for name, what in self.data.get("generated", {}).items()}
        write_tree(root, files)
        for name, target in self.data.get("links", {}).items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).symlink_to(target)

    def compare(self, key: str, actual: str, *, renew: bool) -> None:
        """Fail unless `actual` is what the file expects; with `renew`, write it there instead."""
        if renew:
            head, found, _ = self.path.read_text("utf-8").partition(f"\n{key}: |\n")
            assert found, f"{self.path.name} has no '{key}: |' as its last key"
            body = re.sub("^(?=.)", "  ", actual.rstrip("\n") + "\n", flags=re.MULTILINE)
            self.path.write_text(head + found + body, "utf-8")
        else:
            assert actual.rstrip("\n") == str(self.data[key]).rstrip("\n")


def read_cases(folder: str) -> list[Case]:
    return [Case(path, yaml.safe_load(path.read_text("utf-8"))) for path in sorted((GOLDEN / folder).glob("*.yml"))]
