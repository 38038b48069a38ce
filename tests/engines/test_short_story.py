"""The reader's story in short, in every engine: part of each run. The other files of this folder tell all of it."""

from tests.browser.widget import NAMED, NO, PARTLY, SIGN, TREE, YES, say
from tests.engines.face import Face
from tests.engines.reader import Reader
from tests.helpers import SiteFactory


def test_short(face: Face, site_factory: SiteFactory) -> None:
    url = site_factory(TREE).url
    reader = Reader(face)
    reader.open(url + "whole/")
    reader.answer({NAMED: NO, SIGN: YES})
    reader.expect_answered(2)
    reader.expect_stored({"named": "no", "sign": "yes"})
    reader.reload()
    reader.expect_answers({NAMED: NO, SIGN: YES})
    second = reader.new_tab(url + "whole/")
    reader.expect_answers({NAMED: NO, SIGN: YES})
    reader.answer({SIGN: PARTLY})
    face.switch(0)
    reader.expect_answers({NAMED: NO, SIGN: PARTLY})
    reader.press("reset")
    reader.expect_answers({})
    face.switch(second)
    reader.expect_answers({})
    reader.press("undo")
    reader.expect_answers({NAMED: NO, SIGN: PARTLY})
    assert say("answered", answered=2, total=4) in reader.text()
