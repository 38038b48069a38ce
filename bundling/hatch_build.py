"""What Hatchling runs for a wheel and for a source distribution: adds the bundled form of the browser's modules.

An editable install serves the sources. So does a wheel that is made where Node or the bundler is missing, for `pip install .` in a
clone needs neither; a release sets `CHECKLISTS_BUNDLE=1`, and then their absence is an error.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "plugins/mkdocs_checklists"
BUNDLED = "bundled"


class BundleHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts `bundled/` beside `assets/`."""

    PLUGIN_NAME = "custom"
    folder: tempfile.TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        # In a source distribution the files are there already.
        if version == "editable" or (root / PACKAGE / BUNDLED).is_dir():
            return
        # The interpreter's own folder first: the environment of this repository has a Node of its own.
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
        node = shutil.which("node", path=path)
        if node is None or not (root / "node_modules/rollup").is_dir():
            problem = "without Node and `npm ci` the wheel serves the browser's modules as they are, unbundled"
            if os.environ.get("CHECKLISTS_BUNDLE"):
                raise RuntimeError(problem)
            self.app.display_warning(problem)
            return
        self.folder = tempfile.TemporaryDirectory()
        subprocess.run(
            [node, str(root / "bundling/bundle.mjs"), str(root / PACKAGE / "assets"), self.folder.name], check=True
        )
        package = "mkdocs_checklists" if self.target_name == "wheel" else PACKAGE
        build_data["force_include"][self.folder.name] = f"{package}/{BUNDLED}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if self.folder is not None:
            self.folder.cleanup()
