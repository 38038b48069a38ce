"""The wheel by itself: in an environment that has its dependencies, but neither the repository nor Material."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import html5lib
import pytest

from tests.helpers import REPOSITORY, write_tree
from tests.made_once import made_once

SITE = {
    "mkdocs.yml": "site_name: Test\nplugins: [checklists]\n",
    "docs/index.md": "# Home\n\n::: checklist release\n",
    "checklists/release.yml": """\
title: Ready to release?
sections:
  - id: tests
    title: Tests
    see: /index.md
    items:
      - {id: green, text: Are all tests green?, scale: yes-no, recommend: Run them.}
bands: [{id: ready, min: 60, title: Ready}, {id: not-yet, min: 0, title: Not yet}]
""",
}


@dataclass(frozen=True)
class Installed:
    """The wheel, and the environment that it was installed into."""

    wheel: Path
    root: Path

    def run(self, program: str, *arguments: str, cwd: Path | None = None) -> str:
        command = [str(self.root / "bin" / program), *arguments]
        done = subprocess.run(command, cwd=cwd or self.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr


def install(root: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(root)],
        cwd=REPOSITORY,
        env={**os.environ, "CHECKLISTS_BUNDLE": "1"},
        capture_output=True,
        check=True,
    )
    (wheel,) = root.glob("*.whl")
    environment = root / "environment"
    venv.create(environment)
    pip = [sys.executable, "-m", "pip", "--python", str(environment / "bin/python"), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel)], capture_output=True, check=True)
    # The dependencies come from the environment of the tests. A path in a .pth file does not bring that environment's own
    # .pth files along, so its editable install of the package is not seen.
    (packages,) = (environment / "lib").glob("python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    root = made_once(tmp_path_factory, "wheel", install)
    (wheel,) = root.glob("*.whl")
    return Installed(wheel, root / "environment")


@pytest.fixture(scope="module")
def site_dir(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of three files with the theme that MkDocs brings."""
    root = write_tree(tmp_path_factory.mktemp("site"), SITE)
    installed.run("python", "-m", "mkdocs", "build", "--strict", cwd=root)
    return root / "site"


def test_wheel_holds_the_package_and_nothing_else(installed: Installed) -> None:
    names = ZipFile(installed.wheel).namelist()

    package = REPOSITORY / "plugins/mkdocs_checklists"
    shipped = {
        path.relative_to(package.parent).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.endswith(".d.ts")
    }
    bundled = {name for name in names if name.startswith("mkdocs_checklists/bundled/")}
    assert {name for name in names if ".dist-info/" not in name} == shipped | bundled
    assert {f"mkdocs_checklists/bundled/{name}" for name in ("define.js", "define-index.js", "base/base.js")} < bundled
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_package_is_imported_from_the_wheel(installed: Installed) -> None:
    place = installed.run("python", "-c", "import mkdocs_checklists; print(mkdocs_checklists.__file__)")

    assert Path(place.strip()).is_relative_to(installed.root)


def test_checklist_stands_on_the_page_of_a_site_with_the_bare_theme(site_dir: Path) -> None:
    tree = html5lib.parse((site_dir / "index.html").read_text("utf-8"), namespaceHTMLElements=False)

    (element,) = tree.iter("scored-checklist")
    assert element.get("data-checklist") == "release"
    assert ["".join(legend.itertext()) for legend in element.iter("legend")] == ["Are all tests green?"]
    assert [box.get("value") for box in element.iter("input")] == ["yes", "no", "unknown"]


def test_browser_files_are_served_bundled_and_loaded(site_dir: Path, installed: Installed) -> None:
    (folder,) = (site_dir / "assets/checklists").iterdir()
    tree = html5lib.parse((site_dir / "index.html").read_text("utf-8"), namespaceHTMLElements=False)

    scripts = {script.get("src"): script.get("type") for script in tree.iter("script")}
    linked = {link.get("href") for link in tree.iter("link")}

    path = f"assets/checklists/{folder.name}"
    assert scripts.get(f"{path}/define.js") == "module"
    assert f"{path}/checklist.css" in linked
    bundled = {name.partition("/bundled/")[2] for name in ZipFile(installed.wheel).namelist() if "/bundled/" in name}
    styles = {file.name for file in (REPOSITORY / "plugins/mkdocs_checklists/assets").glob("*.css")}
    assert {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()} == {
        *bundled,
        *styles,
        "paper/sheet.css",
        "tools.css",
        "messages.js",
        "result-messages.js",
        "return-messages.js",
        "rules-messages.js",
        "index-messages.js",
        "cases-messages.js",
    }


def test_markdown_extension_is_found_by_its_name(installed: Installed, tmp_path: Path) -> None:
    write_tree(tmp_path, SITE)

    html = installed.run(
        "python",
        "-c",
        "import markdown; print(markdown.markdown('::: checklist release', extensions=['mkdocs_checklists']))",
        cwd=tmp_path,
    )

    assert '<h4 id="release--green">Are all tests green?</h4>' in html


def test_command_is_there(installed: Installed, tmp_path: Path) -> None:
    write_tree(tmp_path, SITE)

    assert installed.run("checklists", "check", cwd=tmp_path).endswith("\n1 checklist: 0 errors, 0 warnings\n")


@pytest.mark.parametrize("is_release", [False, True])
def test_without_the_bundler_only_a_release_fails(tmp_path: Path, is_release: bool) -> None:
    names = ["pyproject.toml", "README.md", "LICENSE", "bundling", "plugins"]
    ignore = shutil.ignore_patterns("__pycache__", "bundled")
    for name in names:
        source = REPOSITORY / name
        (shutil.copytree(source, tmp_path / name, ignore=ignore) if source.is_dir() else shutil.copy(source, tmp_path))
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path / "dist")]
    release = {"CHECKLISTS_BUNDLE": "1"} if is_release else {}

    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, **release}, capture_output=True, text=True, check=False
    )

    assert "without Node and `npm ci`" in done.stdout + done.stderr
    assert (done.returncode != 0) == is_release
    if not is_release:
        (wheel,) = (tmp_path / "dist").glob("*.whl")
        assert "mkdocs_checklists/assets/base/score.js" in ZipFile(wheel).namelist()
