"""What every engine can do for a test: the few things that a reader does with a browser, whichever driver does them.

Parts of a page are found by a function of JavaScript that returns one element, the same text in every engine. Clicks and keys
are the browser's own: the page sees a reader who is really there (`navigator.userActivation`).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

SECONDS = 30
"""How long a test waits for what ought to happen, and a driver for a page or a script."""


@dataclass(frozen=True)
class Visit:
    """How the reader's browser is set up."""

    private: bool = False
    scripts: bool = True
    """Without them no test can wait inside the page: `evaluate` then takes functions that answer at once."""
    storage: bool = True
    """Without it the page finds no database, or is refused: as each engine does it."""
    cache: bool | None = None
    """Whether a page that was left is kept as it is, for the Back button; None: as the browser has it. Playwright keeps none."""
    waits: bool = True
    """Whether the driver waits for pages to load: for tests that look and click before they have."""


class Face(Protocol):
    """One reader's browser, with a storage of its own. One of its tabs is in front at a time."""

    engine: str
    """`chromium`, `firefox` or `webkit`."""

    def open(self, url: str) -> None: ...

    def begin(self, url: str) -> None:
        """Open a page and do not wait for it."""

    def reload(self) -> None: ...

    def back(self) -> None: ...

    def url(self) -> str: ...

    def new_tab(self) -> int:
        """Open an empty tab in front of the others, and return its number: the first tab has 0."""

    def switch(self, tab: int) -> None:
        """Bring a tab to the front."""

    def close_tab(self) -> None:
        """Close the tab in front. Switch to another one then."""

    def click(self, find: str, *values: Any) -> None:
        """Press the element that a function of JavaScript returns for the values."""

    def type(self, text: str, find: str, *values: Any) -> None:
        """Write into a field, in the place of what is there."""

    def pick(self, find: str, *values: Any) -> None:
        """Choose an option, the element itself, of a list that opens."""

    def press(self, key: str) -> None:
        """Press a key by the name that the DOM gives it, such as `Escape`, or a letter."""

    def evaluate(self, function: str, *values: Any) -> Any:
        """Call a function of JavaScript, which may be an async one, with the values, and return its result."""

    def print_to_pdf(self, url: str, pdf: Path, *, prepare: str = "") -> None:
        """Print a page to a file: opened anew, and after `prepare` has run in it, which is JavaScript."""

    def take_errors(self) -> list[str]:
        """What went wrong inside the pages since the last time: uncaught errors, and what was logged as an error."""

    def end(self) -> None:
        """Close the browser, or all that this reader had open in it."""


class Engine(Protocol):
    """An engine that is at work, and makes one reader's browser after the other."""

    name: str
    version: str

    def visit(self, visit: Visit) -> Face: ...

    def stop(self) -> None:
        """End all that was started for it."""
