"""An engine that is missing is missed out loud: with one line, and as a failure where nobody would read why tests were skipped."""

import pytest

from tests.browser_binary import DEBIAN_PACKAGES, find_engine, wanted_engines

ENGINES = ("firefox", "webkit")


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.browser_binary.shutil.which", lambda _: None)
    for variable in ("CI", "CHECKLISTS_ENGINES"):
        monkeypatch.delenv(variable, raising=False)


@pytest.mark.parametrize("engine", ENGINES)
def test_line_names_the_packages_and_the_other_way(engine: str) -> None:
    found = find_engine(engine, lambda: "/nowhere")
    assert "\n" not in found.missing
    assert " ".join(DEBIAN_PACKAGES[engine]) in found.missing
    assert f"playwright install --with-deps {engine}" in found.missing
    assert not found.is_required


@pytest.mark.parametrize("engine", ENGINES)
def test_missing_engine_fails_tests_where_ci_is_set(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert find_engine(engine, lambda: "/nowhere").is_required
    # One that the machine is not meant to have is missed by nobody.
    monkeypatch.setenv("CHECKLISTS_ENGINES", "chromium")
    assert wanted_engines() == ("chromium",)
    assert not find_engine(engine, lambda: "/nowhere").is_required


@pytest.mark.parametrize("engine", ENGINES)
def test_playwrights_own_is_taken_where_the_system_has_none(engine: str) -> None:
    assert find_engine(engine, lambda: __file__).is_playwrights
