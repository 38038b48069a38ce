import pytest

from mkdocs_checklists.diagnostics.diagnostic import Span
from mkdocs_checklists.page.directives import (
    DIRECTIVES,
    FORMS,
    Directive,
    DirectiveError,
    Part,
    find_directive,
    parse_directive,
)

PLACE = Span("page.md", 1, 1, 1, 2)


def parse(line: str) -> Directive:
    match = find_directive(line)
    assert match is not None
    return parse_directive(match, PLACE)


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("::: checklist a", Part()),
        (":::checklist a", Part()),
        ("   :::\tchecklist   a  ", Part()),
        ("::: checklist a section=b", Part(section="b")),
        ("::: checklist a section='b' level=3", Part(section="b", level=3)),
        ('::: checklist a show="items"', Part("items")),
        ("::: checklist a show=all level=1", Part(level=1)),
        ("::: score a", Part("score")),
        ("::: score a level=4", Part("score", level=4)),
    ],
)
def test_line_is_read(line: str, part: Part) -> None:
    kind = DIRECTIVES["score" if part.show == "score" else "checklist"]
    assert parse(line) == Directive(kind, PLACE, "a", part)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_in_the_reference_is_read_as_what_it_says(form: str) -> None:
    directive = parse(form)

    assert directive.kind is DIRECTIVES[form.split()[1]]
    assert directive.checklist == ("ID" if directive.kind.takes_checklist else "")


def test_name_of_a_kind_without_a_checklist_has_a_hyphen_so_that_it_is_no_module() -> None:
    assert [name for name, kind in DIRECTIVES.items() if kind.takes_checklist == ("-" in name)] == []


def test_nearest_names_are_named_by_kind() -> None:
    hints = []
    for line in ("::: scor a", "::: checklst-index", "::: source-lst", "::: fact-lists x"):
        with pytest.raises(DirectiveError) as error:
            parse(line)
        hints.append(error.value.args[3])

    assert hints == [f"Did you mean '{name}'?" for name in ("score", "checklist-index", "source-list", "fact-list")]


def test_directive_without_a_checklist_takes_no_words() -> None:
    with pytest.raises(DirectiveError) as error:
        parse("::: source-list all")

    assert error.value.args == (
        "bad-directive",
        "this line has a word too many: 'all'",
        PLACE,
        "Write '::: source-list' and nothing else.",
    )


@pytest.mark.parametrize(
    "line",
    [
        "::: mypackage.module",
        "::: os.path",
        ":::",
        "::: {.note}",
        "::: note",
        "::: checklists.module.function",
        "text ::: checklist a",
        "    ::: checklist a",
        ":: checklist a",
        "::: core",
        "::: checklists",
    ],
)
def test_line_of_another_extension_is_left_alone(line: str) -> None:
    assert find_directive(line) is None


@pytest.mark.parametrize(
    "line", ["::: cheklist a", "::: Checklist a", "::: check-list a", "::: checklists a", "::: scores a", "::: SCORE a"]
)
def test_line_that_is_nearly_a_directive_is_an_error(line: str) -> None:
    with pytest.raises(DirectiveError) as error:
        parse(line)

    assert error.value.args[0] == "unknown-directive"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("::: checklist", "bad-directive"),
        ("::: checklist a b", "bad-directive"),
        ("::: checklist level=1 a", "bad-directive"),
        ("::: checklist a sectoin=b", "directive-option"),
        ("::: checklist a level=0", "directive-option"),
        ("::: checklist a level=٢", "directive-option"),
        ("::: checklist a level=", "directive-option"),
        ("::: checklist a show=", "directive-option"),
        ("::: score a section=b", "directive-option"),
        ("::: checklist a level=1 level=1", "directive-option"),
    ],
)
def test_line_with_a_mistake_is_an_error(line: str, code: str) -> None:
    with pytest.raises(DirectiveError) as error:
        parse(line)

    assert error.value.args[0] == code
