"""A reader of checklists, who acts and looks through any engine's face.

Questions and options are named by their words, and what the widget says by the catalogue (`say` in tests/browser/widget.py).
"""

import time
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from selenium.common.exceptions import WebDriverException

from tests.browser.widget import DATABASE, STORE, say
from tests.engines.face import SECONDS, Face

_PART = """
const squeeze = (text) => text.replace(/\\s+/g, " ").trim();
const parts = (checklist) => [...document.querySelectorAll(`scored-checklist[data-checklist="${checklist}"]`)];
const all = (checklist, selector) => parts(checklist).flatMap((part) => [...part.querySelectorAll(selector)]);
const words = (element) => squeeze(element.textContent);
const isSeen = (element) => element.checkVisibility({ visibilityProperty: true });
const asked = (radio) => {
    const legend = radio.closest("fieldset").querySelector("legend");
    return words((legend.querySelector("h2, h3, h4, h5") ?? legend).firstChild);
};
const isCalled = (field, name) => field.getAttribute("aria-label") === name ||
    [...(field.labels ?? [])].some((label) => words(label).startsWith(name));
"""

OPTION = f"""(checklist, question, answer) => {{ {_PART}
    const radios = all(checklist, "input[type=radio]");
    return radios.find((radio) => asked(radio) === question && words(radio.labels[0]) === answer) ?? null;
}}"""
BUTTON = f"""(checklist, name) => {{ {_PART}
    return all(checklist, "button").find((button) => words(button) === name && isSeen(button)) ?? null;
}}"""
CLEAR = f"""(checklist, question, name) => {{ {_PART}
    const radio = all(checklist, "input[type=radio]").find((radio) => asked(radio) === question);
    return [...radio.closest("fieldset").querySelectorAll("button")].find((button) => words(button) === name) ?? null;
}}"""
FIELD = f"""(checklist, name) => {{ {_PART}
    return all(checklist, "input, textarea, select").find((field) => isCalled(field, name)) ?? null;
}}"""
CHOICE = f"""(checklist, name, option) => {{ {_PART}
    const list = all(checklist, "select").find((field) => isCalled(field, name));
    return [...(list?.options ?? [])].find((choice) => words(choice).startsWith(option)) ?? null;
}}"""
LINK = """(name) => [...document.querySelectorAll("article a")].find((link) =>
    link.textContent.trim() === name && link.checkVisibility({ visibilityProperty: true })) ?? null"""

_CHOSEN = f"""(checklist) => {{ {_PART}
    return all(checklist, "input[type=radio]:checked").map((radio) => [asked(radio), words(radio.labels[0])]);
}}"""
_TEXT = f"""(checklist, selector) => {{ {_PART}
    return (selector ? all(checklist, selector) : parts(checklist)).filter(isSeen)
        .map((element) => squeeze(element.innerText)).join("\\n");
}}"""
_READY = f"""(checklist) => {{ {_PART}
    const notices = all(checklist, "[data-notice]");
    return notices.length > 0 && notices[0].textContent !== "";
}}"""

STORED = f"""() => new Promise((resolve, reject) => {{
    const request = indexedDB.open("{DATABASE}");
    request.onerror = () => reject(request.error);
    // Not there yet: nothing is stored, and nothing is made.
    request.onupgradeneeded = () => request.transaction.abort();
    request.onerror = () => resolve([]);
    request.onsuccess = () => {{
        const store = request.result.transaction("{STORE}", "readonly").objectStore("{STORE}");
        const keys = store.getAllKeys(), values = store.getAll();
        store.transaction.oncomplete = () => {{
            request.result.close();
            resolve(keys.result.map((key, at) => [key, values.result[at]]));
        }};
    }};
}})"""

Record = tuple[list[str], Any]


class Reader:
    """Reads one checklist, in whichever tab is in front."""

    def __init__(self, face: Face, checklist: str = "task") -> None:
        self.face = face
        self.checklist = checklist

    # --- acting ---

    def open(self, url: str) -> None:
        """Open a page and wait until its checklist remembers and scores: what was stored has been read."""
        self.face.open(url)
        self.wait()

    def reload(self) -> None:
        self.face.reload()
        self.wait()

    def back(self) -> None:
        self.face.back()
        self.wait()

    def new_tab(self, url: str) -> int:
        tab = self.face.new_tab()
        self.open(url)
        return tab

    def answer(self, answers: Mapping[str, str]) -> None:
        for question, answer in answers.items():
            self.face.click(OPTION, self.checklist, question, answer)

    def clear(self, question: str) -> None:
        self.face.click(CLEAR, self.checklist, question, say("clear"))

    def press(self, message: str, /, **values: object) -> None:
        """Press a button, by the message on it, once it is there."""
        name = say(message, **values)
        self.wait_until(BUTTON, self.checklist, name)
        self.face.click(BUTTON, self.checklist, name)

    def write(self, text: str, field: str) -> None:
        """Write into a field, by its label, once it is there."""
        self.wait_until(FIELD, self.checklist, field)
        self.face.type(text, FIELD, self.checklist, field)

    def pick(self, field: str, option: str) -> None:
        """Choose from a list, by its label, the option that begins with these words."""
        self.wait_until(CHOICE, self.checklist, field, option)
        self.face.pick(CHOICE, self.checklist, field, option)

    def follow(self, link: str) -> None:
        """Follow a link in the text of the page, by its words, as soon as it is seen."""
        self.wait_until(LINK, link)
        self.face.click(LINK, link)

    # --- looking ---

    def wait(self) -> None:
        """Wait until the line about the reader's answers is there, which it is once storage has replied."""
        self.wait_until(_READY, self.checklist)

    def chosen(self) -> dict[str, str]:
        """The answers that are checked, by the words of question and option."""
        return dict(self.face.evaluate(_CHOSEN, self.checklist))

    def text(self, selector: str = "") -> str:
        """What can be read in the checklist, or in what a selector finds in it; white space squeezed, one line each."""
        text: str = self.face.evaluate(_TEXT, self.checklist, selector)
        return text

    def value(self, field: str) -> str:
        """What is written in a field."""
        value: str = self.face.evaluate(f"(...values) => ({FIELD})(...values).value", self.checklist, field)
        return value

    def stored(self) -> list[Record]:
        """Everything in the store, as [key, record], sorted by key."""
        records: list[Record] = self.face.evaluate(STORED)
        return records

    def choices(self, run: str = "") -> dict[str, str]:
        """What is stored for the checklist: item -> option."""
        found = [record for key, record in self.stored() if key[1] == self.checklist and key[2] == (run or key[2])]
        return {item: entry["choice"] for record in found for item, entry in record.get("answers", {}).items()}

    # --- waiting ---

    def wait_until(self, condition: str, *values: Any) -> None:
        """Wait until a function of JavaScript returns something true."""
        self.eventually(
            lambda: self.face.evaluate(f"async (...values) => !!(await ({condition})(...values))", *values), True
        )

    def eventually(self, look: Any, expected: object) -> None:
        """Wait until a function of Python returns what is expected; a page that is on its way cannot be looked at."""
        until = time.monotonic() + SECONDS
        found: object = None
        while True:
            try:
                found = look()
            except (WebDriverException, PlaywrightError) as error:
                found = error
            if found == expected or time.monotonic() > until:
                break
            time.sleep(0.02)
        if isinstance(found, Exception):
            raise found
        assert found == expected, f"{found!r} is not {expected!r}"

    def expect_answers(self, answers: Mapping[str, str]) -> None:
        """Exactly these answers are chosen, and stay so once the page is at rest."""
        self.eventually(self.chosen, dict(answers))

    def expect_text(self, words: str, selector: str = "") -> None:
        self.eventually(lambda: words in self.text(selector) or self.text(selector), True)

    def expect_no_text(self, words: str, selector: str = "") -> None:
        self.eventually(lambda: words not in self.text(selector) or self.text(selector), True)

    def expect_answered(self, answered: int, total: int = 4) -> None:
        self.expect_text(say("answered", answered=answered, total=total))

    def expect_score(self, score: int) -> None:
        self.expect_text(say("score", score=score, top=100), "[data-panel]")

    def expect_stored(self, choices: Mapping[str, str]) -> None:
        self.eventually(self.choices, dict(choices))
