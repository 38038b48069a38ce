"""Words and patterns by which the linter judges the wording of questions, for each language that has them.

Nothing else in the package knows a language's grammar: another language brings its own `QuestionWords` and is added to
`BY_LANGUAGE`. What is not sure to be a fault has no pattern here. An author whom a rule cries wolf at turns it off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple


class Doubt(NamedTuple):
    """A wording that can't be answered by looking: where it shows, and what is wrong with it."""

    pattern: re.Pattern[str]
    asks: str


@dataclass(frozen=True)
class QuestionWords:
    """All that the rules know of one language.

    Patterns meet texts with straight apostrophes and single spaces. Those of `joined` and `pairs` meet them with quotations
    and brackets taken out, and with one `X` in place of what `one_idea` finds.
    """

    most_words: int
    """How many words a question may have."""
    openers: re.Pattern[str]
    """What a question starts with; so a colon behind it starts a list, and one before it does not."""
    one_idea: tuple[re.Pattern[str], ...]
    """Joined words that are one idea, such as *terms and conditions*."""
    joined: tuple[re.Pattern[str], ...]
    """Two ideas in one question. The match is quoted in the message."""
    pairs: tuple[re.Pattern[str], ...]
    """Two things asked about at once, unless `related` or `counted` says that they belong together."""
    related: re.Pattern[str]
    """Words that need two things: *compare*, *the same*."""
    counted: re.Pattern[str]
    """Questions for one sum, which may be over several things."""
    doubts: tuple[Doubt, ...]
    """Wordings that can't be answered by looking."""
    negatives: re.Pattern[str]
    """Words that deny."""
    not_negative: re.Pattern[str]
    """Phrases that hold such a word and deny nothing."""
    agreement: re.Pattern[str]
    """Options that ask for agreement or satisfaction, as a whole."""
    degrees: re.Pattern[str]
    """Options that name a degree without saying where it starts. One of them between two ends is all that is between."""
    answer_start: re.Pattern[str]
    """What may stand before a degree: *yes*."""


def _any(words: str) -> str:
    """A pattern of words that are parted by spaces."""
    return f"(?:{'|'.join(words.split())})"


def _joined(pairs: str) -> str:
    """A pattern of words that `and` joins, each pair written with a plus."""
    return _any(pairs).replace("+", " and ")


def _re(*patterns: str) -> re.Pattern[str]:
    """Any of the patterns, whatever the case."""
    return re.compile("|".join(patterns), re.IGNORECASE)


_AUX = _any("is are was were has have had do does did can could will would should must") + "(?:n't)?"
_BE = _any("is are was were has have had does do did") + "(?:n't)?"
_PRONOUN = _any("you we they it he she anyone anybody someone somebody everyone everybody people")
_DET = _any("the a an your our their its his her")
_WH = _any("who whom whose what when where why how which whether")
_ADVERB = r"(?:(?:also|always|already|ever|first|now|still|then|\w{2,}ly) )?"
_WHO = rf"(?:{_PRONOUN}|staff|customers|(?:the|your|our) [\w'-]+)"

# Verbs that are hardly ever nouns, so that two of them side by side are two acts. The ending is that of a third person.
_VERB = (
    _any(
        """
        accept analyse analyze approve ask assess begin bring build buy choose collect communicate create decide define delete
        deliver describe encrypt enforce ensure evaluate explain follow hear hold identify implement improve inform install
        keep know learn listen maintain meet notify own pay prepare protect prove provide publish receive reject remove restore
        see sell send sign speak take teach tell understand verify write
        """
    )
    + "(?:e?s)?"
)
# Verbs that can be nouns: they count where an object follows.
_NOUN_VERB = (
    _any(
        """
        answer archive back book call check clean close compare contact copy count document file finish fix handle lock log
        measure monitor name note open order plan price print read record release repair report review run save set share
        start stop store test train update use
        """
    )
    + "(?:e?s)?"
)
_ACT = f"(?:{_VERB}|{_NOUN_VERB})"
_IRREGULAR = _any(
    """
    agreed begun bought broken brought built chosen cut done drawn driven felt fixed found freed given gone held kept known laid
    led left lent lost made met paid proven put read run said seen sent set shown signed sold spent spoken taken taught thrown
    told understood won written
    """
)
_PARTICIPLE = rf"(?:\w+[^e\W]ed|{_IRREGULAR})"
_ADJECTIVE = _any(
    """
    accurate available cheap clean clear complete consistent correct current dry easy empty fair fast free friendly full good
    honest legal lockable open polite private public quick quiet ready realistic relevant reliable safe secure short simple
    specific tidy timely true useful visible
    """
)
_STATE = rf"(?:{_PARTICIPLE}|{_ADJECTIVE})(?: (?:up|down|out|off|in|on|away|back|over))?"
# What follows a state that is said of something; a noun follows one that only describes it (*a tried and tested way*).
_THEN = _any(
    """
    by in on at to for with within before after during when while as since until from without every each once again here today
    now so because if under against about enough together
    """
)
_END = rf"(?= ?[?,;.]| ?$| {_THEN}\b)"

# Words that say how good something is; each reader has a measure of her own. Those of `_GRADE` say nothing else, those of
# `_PRAISE` do so at the end of a sentence only: *one good example* is there or is not.
_GRADE = _any(
    """
    acceptable adequate appropriate decent effective efficient inadequate inappropriate insufficient optimal proper reasonable
    robust satisfactory sufficient suitable
    """
)
_PRAISE = _any(
    "bad excellent fair good great healthy helpful important mature poor professional reliable strong useful"
)
_WELL = _any("properly adequately appropriately sufficiently effectively efficiently satisfactorily reasonably")
_MOOD = _any("satisfied happy confident comfortable sure aware convinced worried proud pleased motivated familiar")
# Of people only: a meal is prepared too, and a change committed.
_MOOD_OF_PEOPLE = _any("prepared committed concerned certain")
_DEGREE = _any(
    """
    well good bad important effective efficient satisfied confident happy comfortable sure certain useful helpful strong weak
    mature concerned worried appropriate adequate suitable familiar aware committed motivated robust reliable professional
    """
)

_IDIOM = _joined(
    """
    terms+conditions research+development profit+loss profits+losses supply+demand health+safety trial+error pros+cons
    do's+don'ts dos+don'ts ins+outs nuts+bolts odds+ends wear+tear bread+butter name+address names+addresses date+time
    dates+times time+date day+time days+times time+place food+drink food+drinks goods+services products+services input+output
    inputs+outputs questions+answers facts+figures roles+responsibilities rules+regulations policies+procedures
    username+password usernames+passwords name+password login+password drag+drop copy+paste cut+paste plug+play pick+place
    hire+fire buy+sell bought+sold buying+selling come+go back+forth up+down on+off in+out again+again more+more now+then
    by+large first+foremost safe+sound tried+tested black+white above+beyond each+every one+only null+void time+materials
    track+trace arts+crafts bed+breakfast cash+carry mergers+acquisitions import+export imports+exports men+women women+men
    parents+children husband+wife left+right north+south east+west day+night night+day once+all weights+measures read+write
    reading+writing signed+sealed up+running alive+well free+clear fit+proper fair+square salt+pepper fish+chips
    opening+closing start+finish beginning+end start+end open+close sick+tired marketing+sales sales+marketing tax+insurance
    postage+packing
    """
)

ENGLISH = QuestionWords(
    most_words=25,
    openers=_re(rf"^(?:(?:in|for|to|by|of|on|at|from) )?(?:{_WH}|{_AUX}|may|might)\b"),
    one_idea=(
        _re(r"\b(?:between|both)\b[^?]{1,80}?\band\b"),
        # Names: case counts here.
        re.compile(r"(?<!^)(?<!\? )\b[A-Z]\w+ (?:and|&) [A-Z]\w+"),
        _re(r"\band (?:not|only|nothing|nobody|no one|so on|so forth|the like|others?|vice versa)\b"),
        _re(r"\b(?:go|come|wait|stop|try)(?:es|s)? and (?:see|look|ask|find|get|meet|visit|read|tell|buy|collect)\b"),
        _re(r"\b(?:one|two|three|four|five|six|seven|eight|nine|\w+ty|hundred) and (?:a |\w)"),
        _re(r"\byou and (?:your|the) \w+"),
        _re(r"\band (?:its|their) (?:own|respective)\b"),
        _re(rf"\b{_IDIOM}\b"),
    ),
    joined=(
        _re(r"\band ?/ ?or\b"),
        # Two questions.
        _re(r"\?[^?]*\w[^?]*\?"),
        _re(
            r"\b(?:and|plus|as well as) (?:also |then |if so,? )?"
            rf"{_AUX} (?:{_PRONOUN}|{_DET}|there|this|that|these|any|all|each)\b"
        ),
        _re(rf"\band (?:also |then )?{_BE}(?! not)\b"),
        _re(rf"\band (?:by |for |to |from |at |on |in |with |since |until |about )?{_WH}\b"),
        # Two verbs side by side, where no noun can stand.
        _re(rf"\b{_AUX} {_PRONOUN} {_ADVERB}(?!come|go|try|wait|stop|you|the)\w+ and {_ADVERB}(?!{_DET}\b)\w+"),
        _re(
            r"(?:^|\b(?:know|knows|known|agreed|settled|decided|clear|fixed|down|say|says) )"
            rf"who {_ADVERB}(?!else|come|go)\w+ (?:and|or) "
            rf"{_ADVERB}(?!{_DET}\b|when|how|where|what|not|else|can|may|must)\w+(?<!ly)\b"
        ),
        # One number for two acts.
        _re(
            rf"^(?:how (?:often|many times)|when|where|why|how) {_AUX} {_PRONOUN} "
            rf"(?!come|go|try)\w+ or (?!{_DET}\b|more\b|less\b)\w+"
        ),
        _re(rf"(?<!\ba )(?<!\ban )(?<!\bthe )(?<!\byour )(?<!\bno )\b{_VERB},? and {_ADVERB}{_VERB}\b"),
        _re(r"\b(?:able|allowed|willing|need|needs|has|have|had|how) to \w+ and \w+"),
        _re(rf"\band {_ADVERB}{_ACT} (?:{_DET}|it|them|him|us|me)\b"),
        # Two states of one thing, or of two.
        _re(rf"^(?:{_BE}|how|what|which|who|when|where)\b[^?]*\b{_STATE},? and {_ADVERB}(?:not yet )?{_STATE}{_END}"),
        _re(rf"^{_BE} [^?]*\b{_PARTICIPLE}\b[^?]*,? and {_ADVERB}{_PARTICIPLE}{_END}"),
        _re(rf"\b{_PARTICIPLE},? and {_DET} (?:[\w'-]+ ){{1,3}}?{_PARTICIPLE}{_END}"),
        _re(rf"\b{_DET} [\w'-]+ as well as {_DET} [\w'-]+"),
        _re(
            r"(?<![\w/.:'-])(?!(?:he|she|his|her|him|yes|input|read|client|true|pass|either|stop|start|one|two|three)/)"
            r"[a-z]{3,} ?/ ?[a-z]{3,}(?![\w/])"
        ),
    ),
    pairs=(
        _re(
            r"(?<!\bwith )(?<!\bby )(?<!\bfrom )(?<!\bat )(?<!\bthan )(?<!\blike )(?<!\bas )(?<!\bfor )"
            rf"\b(?:{_DET}|any) (?:(?!(?:{_WH}|that|if|as|than|with|and)\b)[\w'-]+ ){{1,4}}?and (?:{_DET}|any|no) [\w'-]+"
        ),
        _re(
            rf"^(?:is|are|was|were) (?:all )?(?:{_DET} )?(?!you|they|we|it|he|she|there)[\w'-]+ and (?:{_DET} )?[\w'-]+ "
            rf"(?:{_PARTICIPLE}|in|on|at|part of|{_ADJECTIVE})\b"
        ),
    ),
    related=_re(
        r"\b(?:compar|match|differ|separate|balance|link|connect|combin|reconcile|equal)\w*\b",
        r"\b(?:same|apart|together|each other|one another|tell|side by side)\b",
        # What follows these is a case, not what is asked.
        r"\b(?:if|when|while|because|unless|until|once)\b",
    ),
    counted=_re(r"^(?:in |of |for |to )?(?:how (?:many|much|long|far|large|big)|what share|what part)\b"),
    doubts=(
        Doubt(
            _re(
                r"\b(?:do|does|did|would|how (?:much|far|strongly) do) (?:you|they|people|everyone) (?:\w+ly )?agree"
                r"(?= ?[?:,;.]| ?$| that\b| or disagree\b| with (?:this|the (?:following )?statements?|these|us)\b)",
                r"\bto what (?:extent|degree)\b",
                r"\bagree or disagree\b",
                r"\bon a scale (?:of|from)\b",
            ),
            "for agreement or a degree",
        ),
        Doubt(
            _re(
                rf"\b(?:do|does|did|would) {_WHO} (?:really |still |ever )?"
                r"(?:feel|think|believe|trust|like|enjoy|suppose|guess|reckon|fear|worry)\b",
                r"\b(?:in your (?:view|opinion)|would you say|what is your opinion)\b",
                rf"\b(?:are|is|were|was) {_WHO} (?:very |fully |quite |well |all )*{_MOOD}\b",
                rf"\b(?:are|were|is|was) (?!it\b){_PRONOUN} (?:very |fully |quite |well |all )*{_MOOD_OF_PEOPLE}\b",
            ),
            "what somebody feels or thinks",
        ),
        Doubt(_re(rf"^how (?:very )?{_DEGREE}\b"), "for a degree that each reader measures in her own way"),
        Doubt(
            _re(
                rf"^{_AUX} [^?]*?\b(?:is |are |be |been |really |very |quite )?{_PRAISE}"
                r"(?: enough)?(?: (?:for|at|to) [^?]+)?(?= ?\?| ?$)",
                rf"\b{_GRADE}(?! (?:date|from|use|name|noun|adjustments?|doubt|care)\b)\b",
                rf"^(?!how (?:long|many|much)\b).*\b(?:{_WELL}|(?:good|well|clear|often) enough)\b",
                rf"^{_AUX} [^?]*\b(?:working|going|running|works?|go(?:es)?|runs?) (?:well|smoothly)\b",
                r"^(?:is|are|was|were) [^?]+ (?:well|poorly) (?:\w+ed|known|written|built|made|run|kept|understood|set up)\b",
            ),
            "for a verdict on quality",
        ),
        Doubt(
            _re(
                rf"^{_AUX} [^?]*(?<!\bfor )(?<!\bof )(?<!\bthe )"
                r"\b(?:regularly|frequently|periodically|promptly|in a timely manner|from time to time)\b"
            ),
            "for a frequency that it does not name",
        ),
        Doubt(
            _re(
                r"\bhow likely\b",
                r"^(?:is|are) [^?]+ (?:un)?likely to\b",
                rf"\b(?:do|does) {_PRONOUN} (?:intend|hope|mean|plan|expect) to\b",
            ),
            "for a forecast or an intention",
        ),
    ),
    negatives=_re(
        r"\b(?:not|never|no|nobody|nothing|none|nowhere|neither|without|unless|cannot|lack|lacks|lacking)\b",
        r"\bfail(?:s|ed)? to\b",
        r"n't\b",
    ),
    not_negative=_re(
        r"\bno (?:later|sooner|earlier|more|less|fewer|longer|matter|doubt)\b",
        r"\bnot (?:only|yet|just|least)\b",
        # One denial, said of two things.
        r"\b(?:or|if|whether or|and|but) (?:not?|without|never|nothing|nobody)\b",
        r"\bnot (?:later|more|less) than\b",
        r"\bno \d+|\bno-\w+|\bwhy not\b|\bfor nothing\b",
        # “Isn't there …?” asks what “Is there …?” asks.
        r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)n't\b",
    ),
    agreement=_re(
        r"^(?:(?:strongly|somewhat|slightly|completely|totally|fully|mostly|tend to) )?(?:dis)?agree"
        r"(?: (?:strongly|somewhat|slightly|completely))?$",
        r"^neither agree nor disagree$",
        r"^(?:(?:very|somewhat|fairly|extremely|quite) )?(?:dis|un)?satisfied$",
        r"^(?:very|somewhat|fairly|extremely|not at all) (?:important|likely|confident|happy)$",
    ),
    degrees=_re(
        r"^(?:(?:very|quite|fairly|hardly|not|too) )?(?:often|rarely|seldom|occasionally|frequently|regularly|usually|sometimes|"
        r"mostly|largely|partially|generally|somewhat|quite|much|well|badly|poorly|good|fair|poor|bad|great|weak|strong|high|low|"
        r"medium|moderate|excellent|average|satisfactory|adequate|many|few|several|some|most|a lot|a little|a bit|"
        r"a great deal|hardly|hardly ever|not really|rarely or never|now and then|from time to time|"
        r"to (?:some|a large|a great|a small) extent|(?:most|some) of the time)$"
    ),
    answer_start=_re(r"^(?:yes|no),? "),
)

BY_LANGUAGE = {"en": ENGLISH}
"""The words by the language of a file, without its region."""
