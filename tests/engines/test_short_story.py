"""The reader's story in short, in every engine: part of each run. `make test-all` runs all of it: see README.md beside this."""

from collections.abc import Callable

import pytest

from tests.browser.widget import NAMED, NO, PARTLY, SIGN, YES, say
from tests.engines.face import Face
from tests.engines.reader import Reader
from tests.engines.sites import TREE
from tests.engines.test_story import NEWSLETTER, expect_open, expect_plan, fill_plan, kept
from tests.helpers import SiteFactory

TWO = {NAMED: PARTLY, SIGN: YES}
TWO_STORED = {"named": "partly", "sign": "yes"}


@pytest.fixture
def url(site_factory: SiteFactory) -> str:
    return site_factory(TREE).url


def test_answers_last_through_reload_back_and_a_second_tab(face: Face, url: str) -> None:
    reader = Reader(face)
    reader.open(url + "task/")
    reader.answer(TWO)
    reader.expect_answered(2)
    reader.expect_stored(TWO_STORED)
    before = reader.stored()
    reader.reload()
    reader.expect_answers(TWO)
    face.open(url + "words/")
    reader.back()
    reader.expect_answers(TWO)
    reader.expect_answered(2)
    second = reader.new_tab(url + "task/")
    reader.expect_answers(TWO)
    # Nothing of all that is an answer, so nothing has another date.
    assert reader.stored() == before
    reader.answer({SIGN: NO})
    face.switch(0)
    reader.expect_answers({NAMED: PARTLY, SIGN: NO})
    face.switch(second)
    reader.press("reset")
    reader.expect_answers({})
    face.switch(0)
    reader.expect_answers({})
    reader.press("undo")
    reader.expect_answers({NAMED: PARTLY, SIGN: NO})
    reader.expect_stored({"named": "partly", "sign": "no"})


def test_plan_of_two_tasks_lasts_through_reload(face: Face, url: str) -> None:
    reader = Reader(face, "who")
    fill_plan(reader, url)
    before = kept(reader)
    reader.reload()
    expect_plan(reader)
    expect_open(reader, "Newsletter", NEWSLETTER)
    assert kept(reader) == before


@pytest.mark.parametrize("engine", ["chromium", "firefox"], indirect=True)
def test_reset_in_another_tab_is_not_undone_by_back(visit: Callable[..., Face], url: str) -> None:
    face = visit(cache=False)
    reader = Reader(face)
    reader.open(url + "task/")
    reader.answer(TWO)
    reader.expect_stored(TWO_STORED)
    face.open(url + "words/")
    reader.new_tab(url + "task/")
    reader.press("reset")
    reader.expect_stored({})
    face.switch(0)
    reader.back()
    reader.expect_answers({})
    reader.expect_text(say("cleared", count=2))
    reader.expect_stored({})
