from mkdocs_checklists.markdown_page.blocks import BUILDERS
from mkdocs_checklists.page.directives import DIRECTIVES


def test_every_kind_of_directive_has_a_builder_and_every_builder_a_kind() -> None:
    assert set(BUILDERS) == set(DIRECTIVES)
