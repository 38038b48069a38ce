"""Every word that the code says is in the catalogue, and none is idle. What the code says is read from all of it."""

from pathlib import Path

import pytest

import mkdocs_checklists
from mkdocs_checklists.words.messages import load_messages
from tests.unit.words import said_by_python, said_by_scripts

PACKAGE = Path(mkdocs_checklists.__file__).parent
PYTHON = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path.read_text("utf-8")
    for path in PACKAGE.rglob("*.py")
}
SCRIPTS = {path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8") for path in PACKAGE.glob("assets/**/*.js")}
PARTS = load_messages().parts


def test_python_says_every_word_of_the_page_and_no_other() -> None:
    said = said_by_python.Reader(PYTHON)

    assert said.unreadable == []
    assert said.names == set(PARTS["page"])


def test_scripts_say_every_word_of_the_browser_and_no_other() -> None:
    said = said_by_scripts.Reader(SCRIPTS)

    assert said.unreadable == []
    assert said.names == {name for part, words in PARTS.items() if part != "page" for name in words}


def test_everything_that_is_named_because_it_cannot_be_read_is_there() -> None:
    python, scripts = "".join(PYTHON.values()), "".join(SCRIPTS.values())

    assert [hole for hole in said_by_python.HOLES if f"{{{hole}}}" not in python] == []
    assert [template for template in said_by_scripts.TEMPLATES if f"`{template}`" not in scripts] == []


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ('self.messages.text("a")', {"a"}),
        ('messages.text("a" if is_one else "b", count=2)', {"a", "b"}),
        ('def f(self):\n say, n = self.messages.text, 2\n return say("a")', {"a"}),
        ('def f():\n name = "a"\n if x: name = "b"\n messages.text(name)', {"a", "b"}),
        ('def f():\n for name, part in (("a", 1), ("b", 2)): messages.text(name)', {"a", "b"}),
        ('def f():\n return [messages.text(f"{name}-x") for name in ("a", "b")]', {"a-x", "b-x"}),
        ('def f(tree):\n match tree:\n  case "a" | "b" as name: messages.text(f"is-{name}")', {"is-a", "is-b"}),
        ('class A:\n def f(self, name=""): self.messages.text(name)\n def g(self): self.f("a")', {"a"}),
        ('class A:\n def _f(self, name): messages.text(name)\nclass B(A):\n def g(self): self._f(name="a")', {"a"}),
        (
            'class A:\n def f(self, name): messages.text(name)\nclass B:\n def f(self): 1\n def g(self): self.f("a")',
            set(),
        ),
    ],
)
def test_words_of_python_are_read_from_a_module_that_nobody_has_listed(source: str, names: set[str]) -> None:
    said = said_by_python.Reader({"mkdocs_checklists.page.compare_words": source})

    assert (said.names, said.unreadable) == (names, [])


@pytest.mark.parametrize("source", ["messages.text(entry.name)", "messages.text(names[0])", 'messages.text("a" + b)'])
def test_word_of_python_that_cannot_be_read_is_reported(source: str) -> None:
    said = said_by_python.Reader({"mkdocs_checklists.words.messages": source})

    assert len(said.unreadable) == 1


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ('say("a", { count: say("b") }); // say("c")', {"a", "b"}),
        ('say(key.as === "points" ? "a" : `weight_${side}`)', {"a", "weight_for", "weight_against"}),
        ('function make(action, words = action) { return say(words); }\nmake("a"); make("b", "c")', {"a", "b", "c"}),
        ('const sayOnly = (id) => cell.append(say(id));\nsayOnly("a")', {"a"}),
        ('showOffers(place, [[say("a", { n }), "b"]])', {"a", "b"}),
    ],
)
def test_words_of_scripts_are_read_from_a_module_that_nobody_has_listed(source: str, names: set[str]) -> None:
    said = said_by_scripts.Reader({"compare.js": source})

    assert (said.names, said.unreadable) == (names, [])


@pytest.mark.parametrize("source", ["say(entry.name)", "say(`a_${b}`)", "say(names[0])"])
def test_word_of_scripts_that_cannot_be_read_is_reported(source: str) -> None:
    said = said_by_scripts.Reader({"compare.js": source})

    assert len(said.unreadable) == 1
