"""Written by hand: why a target is missed, by the target's id. Shown beside it for as long as it is missed."""

from collections.abc import Mapping

REASONS: Mapping[str, str] = {
    "first-answer": (
        "the tally is one classic script right behind the form, and runs before the theme's own. Ours are modules, which a "
        "browser runs only when it has read the page, and here that is after a script of the theme's that takes some 100 ms. "
        "Then they take stock of every question. The page also holds advice, help and *I don't know*: half as much HTML again, "
        "which is styled and laid out first. All modules merged into one classic script saved 7 % in an experiment, and would "
        "need a bundler. A choice made meanwhile is not lost: it counts as soon as the script is there."
    ),
    "build-linear": (
        "Python's garbage collector looks through all that is kept again and again, and the checklists of a site are kept while it "
        "is built. In `checklists check`, which ends when it has read them, it is switched off; a plugin can't do that to the "
        "program it is a guest of."
    ),
    "lighthouse-performance": (
        "on a guide the text is drawn right behind the header, but Lighthouse's model lets it wait for all that came in "
        "before it on this machine: faces, modules, and Material's script for the colours, which waits for the style "
        "sheets. Three runs by themselves gave 98 and 99; in a whole run the median is 3 points behind, so the target "
        "is missed by a point."
    ),
}
