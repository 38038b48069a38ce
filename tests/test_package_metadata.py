"""What a package index shows of the package."""

import re

import pytest
from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager

from tests.helpers import REPOSITORY


@pytest.fixture(scope="module")
def description() -> str:
    return ProjectMetadata(str(REPOSITORY), PluginManager()).core.readme


def test_description_has_no_link_that_only_works_in_a_clone(description: str) -> None:
    addresses = re.findall(r"\]\(([^)]*)\)", description)

    assert [address for address in addresses if not address.startswith("https://")] == []


def test_description_has_all_words_of_the_readme(description: str) -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    words = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", re.sub(r"!\[[^\]]*\]\([^)]*\)\n+", "", readme))

    assert description.split() == words.split()


@pytest.mark.parametrize("name", ["requirements.lock", "bench/requirements.lock"])
def test_lock_has_a_hash_for_each_package_and_names_no_place(name: str) -> None:
    text = (REPOSITORY / name).read_text("utf-8")
    entries = re.findall(r"^[a-z].*(?:\n +.*)*", text, re.MULTILINE)

    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"https?:|file:|--index|--find-links|^-", text, re.MULTILINE) == []
