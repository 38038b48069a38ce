"""What a page says of a published instrument is never absurd: at the worst answers, at the best, and at ten drawn ones."""

import json
import re
from collections import Counter
from itertools import pairwise

from playwright.sync_api import Page

from tests.helpers import SiteFactory
from tests.instruments.drawing import best, drawn, worst
from tests.instruments.instrument import each, instrument
from tests.instruments.seen import absurdities, open_instrument, see

DRAWN = 10


@each()
def test_nothing_absurd_is_said_of_an_instrument(name: str, site_factory: SiteFactory, page: Page) -> None:
    tested = instrument(name)
    site = site_factory({f"checklists/{name}.yml": tested.text, "docs/index.md": f"::: checklist {name} level=1\n"})
    open_instrument(page, site, name)
    sets = [worst(name), best(name), *drawn(name, DRAWN)]
    found = [(what, answers) for answers in sets for what in absurdities(tested, answers, see(page, tested, answers))]

    # Of each kind the first, with how often it was found.
    kinds = Counter(what.partition(":")[0] for what, _ in found)
    first = {what.partition(":")[0]: (what, answers) for what, answers in reversed(found)}
    assert not found, "\n".join(
        f"{kinds[kind]} times: {what}\n    {json.dumps(answers)}" for kind, (what, answers) in first.items()
    )


@each()
def test_answers_that_are_looked_at_lie_all_over_the_scale(name: str) -> None:
    tested = instrument(name)
    sets = [worst(name), best(name), *drawn(name, DRAWN)]
    ranks = sorted(tested.rank(answers) for answers in sets)

    assert len({json.dumps(answers) for answers in sets}) == len(sets)
    widest = max(after - before for before, after in pairwise(ranks))
    assert widest <= (ranks[-1] - ranks[0]) / 2


def test_what_is_absurd_is_noticed(site_factory: SiteFactory, page: Page) -> None:
    tested = instrument("gad7")
    # As if nobody had said that a high score is bad.
    text = re.sub(r"^ *lead_in:.*\n", "", tested.text.replace("better: lower, ", ""), flags=re.MULTILINE)
    site = site_factory({"checklists/gad7.yml": text, "docs/index.md": "::: checklist gad7 level=1\n"})
    open_instrument(page, site, "gad7")
    found = absurdities(tested, worst("gad7"), see(page, tested, worst("gad7")))

    kinds = {what.partition(":")[0] for what in found}
    assert {
        "praises what is not the best",
        "the best end is red, the worst green",
        "wrong about what was lost",
    } <= kinds
