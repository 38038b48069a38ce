"""Which messages the browser modules ask for: read from the calls of `say`, and of functions that hand their argument on to it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

TEMPLATES: Mapping[str, tuple[str, ...]] = {
    "weight_${side}": ("weight_for", "weight_against"),
    "notice_${status}": ("notice_unavailable", "notice_full"),
    # Those that need no number: the others are said one by one above it.
    "problem_${problem}": ("problem_two", "problem_signs", "problem_whole", "problem_zero"),
}
"""Names that are put together: what the module can make of them, which only its types say."""

# An offer is a pair: the words, and the message on its button, which is the name of what a click does as well.
_OFFER = re.compile(r"""\[say\([^\n]*\), "(\w+)"\]""")
_OFFERED = {"action"}

_TOKEN = re.compile(
    r"""//[^\n]* | /\*.*?\*/ | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | `(?:\\.|[^`\\])*` | .""",
    re.DOTALL | re.VERBOSE,
)
# A text that something is compared with is no name.
_COMPARED = re.compile(r"""[!=]==\s*["'`][^"'`]*["'`] | ["'`][^"'`]*["'`]\s*[!=]==""", re.VERBOSE)
_DEFINED = re.compile(
    r"(export )?(?:async )?(?:function )?(?:(?:const|let) )?(#?\w+)(?: = (?:async )?)?\(([^()]*)\) (?:=> )?[{\w]"
)


@dataclass(frozen=True)
class Sayer:
    module: str | None
    """The only one that calls it, unless it is exported."""
    position: int


@dataclass
class Reader:
    """Reads modules (name -> text). `names` are the messages asked for, `unreadable` the calls that can't be read."""

    sources: Mapping[str, str]
    names: set[str] = field(default_factory=set)
    unreadable: list[str] = field(default_factory=list)
    _sayers: dict[str, set[Sayer]] = field(default_factory=lambda: {"say": {Sayer(None, 0)}})

    def __post_init__(self) -> None:
        known = -1
        while known != sum(map(len, self._sayers.values())):
            known = sum(map(len, self._sayers.values()))
            self.names, self.unreadable = set(), []
            for module, source in self.sources.items():
                self._read_module(module, source)

    def _read_module(self, module: str, source: str) -> None:
        source = _without_comments(source)
        self.names |= set(_OFFER.findall(source))
        for called, sayers in list(self._sayers.items()):
            for found in re.finditer(rf"(?<![\w#]){re.escape(called)}\(", source):
                if source[: found.start()].endswith("function "):
                    continue
                given = list(_arguments(source, found.end()))
                for sayer in list(sayers):
                    if sayer.module in (None, module) and sayer.position < len(given):
                        self._read(module, source[: found.start()], given[sayer.position])

    def _read(self, module: str, before: str, name: str) -> None:
        """What a name can be; `before` is the module up to the call."""
        names = re.findall(r"""["'](\w+)["']""", _COMPARED.sub("", name))
        templates = re.findall(r"`([^`]*)`", name)
        if all(template in TEMPLATES for template in templates) and (names or templates):
            self.names |= {*names, *(one for template in templates for one in TEMPLATES[template])}
        elif not (name in _OFFERED or self._take_parameter(module, before, name)):
            self.unreadable.append(f"{module}: {name}")

    def _take_parameter(self, module: str, before: str, name: str) -> bool:
        """Whether a name is a parameter of the function around it, which is one that says it from now on."""
        for found in reversed(list(_DEFINED.finditer(before))):
            parameters = [*_arguments(found[3] + ")", 0)]
            # With what it is by default: another parameter may stand there.
            names = [parameter.partition(" = ")[::2] for parameter in parameters]
            if name in (parameter for parameter, _ in names):
                given = {name, *(default for parameter, default in names if parameter == name)}
                places = {place for place, (parameter, _) in enumerate(names) if parameter in given}
                of = None if found[1] else module
                self._sayers.setdefault(found[2], set()).update(Sayer(of, place) for place in places)
                return True
        return False


def _without_comments(source: str) -> str:
    return "".join("" if match[0].startswith(("//", "/*")) else match[0] for match in _TOKEN.finditer(source))


def _arguments(source: str, start: int) -> Iterator[str]:
    """The arguments of a call whose bracket opens before `start`."""
    depth, begin = 0, start
    for match in _TOKEN.finditer(source, start):
        sign = match[0]
        if depth == 0 and sign in ",)":
            if argument := source[begin : match.start()].strip():
                yield argument
            begin = match.end()
        if sign in ")]}":
            depth -= 1
        if depth < 0:
            return
        if sign in "([{":
            depth += 1
