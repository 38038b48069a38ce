"""The browser's modules as a wheel serves them."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.browser_binary import use_node_of_the_environment
from tests.helpers import REPOSITORY


def bundle_modules(target: Path) -> Path:
    """Write what a wheel has in `bundled/` into a folder, from the sources as they are now."""
    if not (REPOSITORY / "node_modules/rollup").is_dir():
        pytest.fail(
            "The bundler is missing: `make node_modules/.ready` installs it, as `make test` does", pytrace=False
        )
    use_node_of_the_environment()
    node = os.environ.get("PLAYWRIGHT_NODEJS_PATH", "node")
    sources = REPOSITORY / "plugins/mkdocs_checklists/assets"
    done = subprocess.run(
        [node, "bundling/bundle.mjs", str(sources), str(target)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return target
