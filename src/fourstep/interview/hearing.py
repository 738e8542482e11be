"""What kind of turn the candidate's was: did they ask, pass, check in, lose their temper, say nothing?

Only words are looked at, and nothing in them is a command: the log's step changes when the agenda says so.
"""

import re
from dataclasses import dataclass
from typing import Literal

from fourstep.interview.facts import FactFinder
from fourstep.language.clauses import Passage, asks, read_passage
from fourstep.language.words import tokens
from fourstep.problem import Fact
from fourstep.rubric import StepId

Tone = Literal[
    "refused",
    "empty",
    "rude",
    "checked_in",
    "asked_to_repeat",
    "asked_to_move_on",
    "asked_for_time",
    "asked_for_hint",
    "asked_the_clock",
    "asked_about_us",
]


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})", re.IGNORECASE)


_REFUSAL = _pattern(
    r"i (?:do not|don't|dont) know\b",
    r"no (?:idea|clue|comment)\b",
    r"(?:i'd |i'll |i )?pass\b(?! (?:the|it|them|through|all))",
    r"skip(?: it| this| that)?[.!?]*$",
    r"not sure\b",
    r"(?:can't|cannot) (?:say|answer)\b",
    r"nothing (?:to add|comes to mind|there|else)\b",
    r"(?:i have|i've|got) nothing\b",
    r"never (?:done|used|thought)\b",
    r"rather not\b",
    r"next question\b",
    r"i give up\b",
    r"i haven't thought\b",
    r"dunno\b",
    r"idk\b",
)
_RUDE = _pattern(
    r"(?:idiot\w*|moron\w*|fuck\w*|shit\w*|bull ?shit|shut up|screw (?:you|this)|hate (?:you|this))\b",
    r"(?:you(?:'re| are)?|this (?:is|question is|interview is)|that(?:'s| is)) (?:so |really |just )?"
    r"(?:an? )?(?:stupid|dumb|ridiculous|annoying|pathetic|useless|crap|waste of)\b",
    r"(?:stupid|dumb|useless|ridiculous) (?:question|bot|interview|interviewer|program|thing|machine)s?\b",
    r"waste of my time\b",
)
_REPEAT = _pattern(
    r"(?:can|could|would) you (?:please )?(?:repeat|say (?:that|it) again|rephrase|explain (?:it|that|the question))",
    r"repeat (?:the|that|your)\b",
    r"what was the question\b",
    r"which question\b",
    r"come again\b",
    r"pardon\b",
    r"what do you mean\b(?! by (?!(?:that|this|it)\b)\w)",
    r"i (?:don't|do not|didn't) (?:understand|get) (?:it|that|the|your)\b",
    r"what\?$",
    r"sorry\?$",
)
_HINT = _pattern(r"(?:can|could|may) i (?:please )?(?:get|have|use) a hint\b", r"(?:give me|any) (?:a )?hints?\b")
_CLOCK = _pattern(
    r"how (?:much|many) (?:more )?(?:time|minutes) (?:is|are|do|have)\b.{0,12}"
    r"\b(?:left|we have|i have|remain)\b(?! (?:to|per)\b)",
    r"how (?:are|am) (?:we|i) (?:doing )?on time\b",
    r"what time is it\b",
)
_TIME_TO_THINK = _pattern(
    r"(?:take|need|have|get|want) (?:a|one|two|another|some) (?:\w+ )?(?:moments?|minutes?|seconds?|breaks?|time)\b",
    r"(?:let|give) me (?:think|a (?:moment|minute|second))\b",
    r"one (?:moment|second)\b",
    r"hold on\b",
    r"time to think\b",
)
_ABOUT_US = _pattern(
    r"are you (?:a |an )?(?:real|human|bot|robot|person|machine|program|ai|llm)\b",
    r"who (?:are|made|built) you\b",
    r"(?:right|correct|best|expected|model) answer\b",
    r"(?:tell|show|give) me the (?:answers?|rubric|solution|facts)\b",
    r"the rubric\b",
    r"what(?:'s| is) (?:my|the) (?:score|grade)\b(?! (?:of|used|for)\b)",
    r"how am i doing\b",
    r"your (?:instructions|prompt)\b",
)
_MOVE_ON = _pattern(
    r"(?:(?:can|could|may|shall|should) (?:we|i|you)|let's|let us|i'd like to|ready to|happy to|want to|okay to|ok to)"
    r"\b[^.?!]{0,25}"
    r"\b(?:move on|go on|move to|go to|skip to|continue with|next (?:step|part|section|topic))\b",
    r"(?<![^.!?;,\s]\s)(?:(?:on|go|move|going|moving) to )?(?:the )?next(?: (?:step|part|section|topic))?"
    r"(?:,? (?:please|then|now))*[.!?]*$",
    r"(?<![^.!?;,\s]\s)move on(?:,? (?:please|then|now))*[.!?]*$",
)
_ANNOUNCES = re.compile(
    r"(?:^|[.!?\n]\s*)(?:okay|ok|so|now|then|and|alright|right|good)?,?\s*"
    r"(?:next(?: step| part)?|now|on to|moving on to|let's move to|let's go to|let me (?:move|go|turn) to|turning to"
    r"|i(?:'ll| will) (?:move|go) (?:on )?to)[,:]?\s+(?:the |my )?"
    r"(data|features|model|modelling|modeling|training|evaluation|metrics|serving|deployment|production)\b",
    re.IGNORECASE,
)
_CHECK_IN = re.compile(
    r"^(?:so|and|okay|ok|but|now|well|before i go on|then|,|\s)*"
    r"(?:does (?:that|this|it) (?:make sense|work|sound|help|answer|suit)\b"
    r"|(?:is|are) (?:that|this|it|you) (?:ok|okay|fine|fair|alright|all right|good|reasonable|clear|happy|with me)\b"
    r"|(?:any )?(?:objections|questions so far)\b|makes? sense\b"
    r"|sounds? (?:good|ok|okay|fair|reasonable|right)\b|(?:ok|okay|fair|agreed|good|right|fine|alright|deal)\?"
    r"|shall (?:i|we) (?:go on|continue|start|begin|carry on)\b"
    r"|should i (?:go on|go deeper|continue|start|dig|carry on)\b"
    r"|(?:may|can) i (?:go on|start|begin|continue|carry on)\b|(?:would you like|do you want) me to\b"
    r"|still with me\b|anything (?:you(?:'d)? |else )(?:like|want|to add)?)",
    re.IGNORECASE,
)
_ASKING = _pattern(
    r"i(?:'d| would) (?:like|want|love|need) to (?:know|ask|understand|clarify)\b",
    r"tell me (?!the answer)",
    r"(?:i|we) need to know\b",
    r"wondering\b",
    r"my question is\b",
    r"can you (?:tell|share|list)\b",
    r"curious (?:about|how|what|whether)\b",
)
_PARTS = re.compile(
    r"(?:,|;)?\s+(?:and|or)\s+(?=(?:how|what|which|who|where|when|why|is|are|do|does|can|should|will)\b)", re.IGNORECASE
)
_ASKS_AT_LAST = re.compile(
    r"[,:]\s+(?:and |but |so |then )?"
    r"(?:what|which|who|where|when|why|how|is|are|do|does|did|can|could|should|will|would)\b",
    re.IGNORECASE,
)
"""A question behind something that leads to it: "before I begin, how many …"."""
_STEPS: dict[str, StepId] = {
    "data": "data",
    "features": "data",
    "model": "model",
    "modelling": "model",
    "modeling": "model",
    "training": "model",
    "evaluation": "serve",
    "metrics": "serve",
    "serving": "serve",
    "deployment": "serve",
    "production": "serve",
}
_FEW_WORDS = 4
_SHORT = 30
_RHETORICAL = 25
_SHORTEST_QUESTION = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """What the candidate's last turn asks of the interviewer."""

    facts: tuple[Fact, ...] = ()
    """Facts that were asked for, in the order of the questions."""
    unknown: tuple[str, ...] = ()
    """Questions for the interviewer that no fact answers."""
    tone: Tone | None = None
    said: int = 0
    """Words that were not questions."""
    names: StepId | None = None
    """The step that the candidate wants to go to, or says to be in."""


def hear(text: str, finder: FactFinder | None) -> Heard:
    """Listen to one turn; without a `finder` (no problem) nothing is taken for a question about it."""
    passage = read_passage(text)
    questions, said = _questions(passage)
    tone = _tone(text)
    facts: list[Fact] = []
    unknown: list[str] = []
    for question in questions if finder and tone is None else ():
        found = [fact for part in _PARTS.split(question.text) for fact in finder.asked_for(part)] if finder else []
        facts += found
        if not found and question.formed and not _CHECK_IN.search(question.text):
            unknown.append(question.text)
    if tone is None and not facts and not unknown:
        tone = _later_tone(text)
    return Heard(tuple(dict.fromkeys(facts)), tuple(unknown), tone, said, _named_step(text, tone))


def questions_in(text: str) -> tuple[str, ...]:
    """What a turn asks the other speaker about the matter, in its own words; check-ins and thinking aloud apart."""
    if _tone(text) is not None:
        return ()
    questions, _ = _questions(read_passage(text))
    asked = (one.text for one in questions if one.formed or _ASKS_AT_LAST.search(one.text))
    return tuple(text for text in asked if not _CHECK_IN.search(text))


def _tone(text: str) -> Tone | None:
    """What comes before any question about the problem; only short turns are all about one thing."""
    if len(text.split()) >= _SHORT:
        return None
    patterns: tuple[tuple[re.Pattern[str], Tone], ...] = (
        (_RUDE, "rude"),
        (_HINT, "asked_for_hint"),
        (_CLOCK, "asked_the_clock"),
        (_ABOUT_US, "asked_about_us"),
        (_REPEAT, "asked_to_repeat"),
        (_MOVE_ON, "asked_to_move_on"),
        (_TIME_TO_THINK, "asked_for_time"),
    )
    return next((tone for pattern, tone in patterns if pattern.search(text.strip())), None)


def _later_tone(text: str) -> Tone | None:
    words = len(text.split())
    if words < _SHORT and _REFUSAL.search(text.strip()):
        return "refused"
    if words < _FEW_WORDS and "?" not in text:
        return "empty"
    last = re.split(r"(?<=[.!?])\s+|\n|, (?=\w+\?$)", text.strip())[-1]
    return "checked_in" if _CHECK_IN.search(last) and "?" in last else None


def _named_step(text: str, tone: Tone | None) -> StepId | None:
    if tone == "asked_to_move_on":
        named = [_STEPS[token.word] for token in tokens(text) if token.word in _STEPS]
        return named[-1] if named else None
    announced = _ANNOUNCES.search(text)
    return _STEPS[announced.group(1).lower()] if announced else None


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    formed: bool
    """Whether its words are those of a question, and not only its end ("…, I guess?")."""


def _questions(passage: Passage) -> tuple[list[_Question], int]:
    """The sentences that ask the interviewer something, and how many words are not in them.

    A single question that the speaker goes on to answer is thinking aloud.
    """
    sentences: list[tuple[_Question | None, int]] = []
    for number in sorted({clause.sentence for clause in passage.clauses}):
        clauses = [clause for clause in passage.clauses if clause.sentence == number]
        text = " ".join(passage.text[clauses[0].start : clauses[-1].end].split())
        words = [word for clause in clauses for word in passage.words[clause.first : clause.last]]
        asking = any(clause.question for clause in clauses)
        formed = asks(words, marked=asking) or bool(_ASKING.search(text))
        sentences.append((_Question(text, formed) if asking or formed else None, len(words)))
    said = sum(words for question, words in sentences if question is None)
    asking_at = [place for place, (question, _) in enumerate(sentences) if question]
    if len(asking_at) == 1 and sum(words for _, words in sentences[asking_at[0] + 1 :]) > _RHETORICAL:
        return [], said
    return [question for question, words in sentences if question and words >= _SHORTEST_QUESTION], said
