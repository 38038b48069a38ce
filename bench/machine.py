"""The kind of machine and the versions: what a number means nothing without. Neither names nor paths of this one."""

import json
import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

__all__ = ["describe_machine"]

PACKAGES = ("mkdocs-checklists", "mkdocs", "mkdocs-material", "mkdocs-quiz", "playwright")
FOLDER = Path(__file__).parent


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0]} ({platform.machine()})" if names else platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return f"{platform.system()} {platform.release()}"


def npm_versions() -> Mapping[str, str]:
    """The pinned packages of `bench/package.json`."""
    versions: dict[str, str] = json.loads((FOLDER / "package.json").read_text("utf-8"))["dependencies"]
    return versions


def describe_machine(chromium: str) -> Mapping[str, str]:
    load, *_ = os.getloadavg() if hasattr(os, "getloadavg") else (0.0,)
    return {
        "Date": datetime.now(UTC).date().isoformat(),
        "Processor": f"{os.cpu_count()} cores, {_cpu()}",
        "Load when it began": f"{load:.1f}",
        "System": _system(),
        "Python": platform.python_version(),
        "Chromium": chromium,
        **{name: version(name) for name in PACKAGES},
        **npm_versions(),
    }
