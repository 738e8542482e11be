"""What kind of turn the candidate's was: did they ask, pass, check in, lose their temper, say nothing?

Only words are looked at, and nothing in them is a command: state changes come from the interface's commands alone.
"""

import re
from dataclasses import dataclass
from typing import Literal

from fourstep.interview.facts import FactFinder
from fourstep.language.clauses import Passage, read_passage
from fourstep.problem import Fact

Tone = Literal["refused", "empty", "rude", "checked_in", "asked_to_repeat", "asked_to_move_on"]

_REFUSAL = re.compile(
    r"\b(?:i (?:do not|don't|dont) know|no (?:idea|clue|comment)"
    r"|(?:i'd |i'll |i )?pass\b(?! (?:the|it|them|through|all))"
    r"|skip (?:it|this|that)|not sure|(?:can't|cannot) (?:say|answer)|nothing (?:to add|comes to mind|there|else)"
    r"|(?:i have|i've|got) nothing|never (?:done|used|thought)|rather not|next question|i give up"
    r"|i haven't thought|dunno|idk)\b",
    re.IGNORECASE,
)
_RUDE = re.compile(
    r"\b(?:stupid|idiot\w*|dumb|moron\w*|shut up|waste of (?:my )?time|pathetic|bull ?shit|fuck\w*|shit\w*|crap"
    r"|screw (?:you|this)|useless (?:bot|program|thing|interviewer)|hate (?:you|this)|ridiculous|annoying)\b",
    re.IGNORECASE,
)
_CHECK_IN = re.compile(
    r"\b(?:does (?:that|this) (?:make sense|work|sound|help|answer)|make sense"
    r"|sounds? (?:good|ok|okay|fair|reasonable|right)"
    r"|is (?:that|this|it) (?:ok|okay|fine|fair|alright|all right|good|reasonable|what you)"
    r"|ok|okay|fair|agreed|good|right|fine|alright|all right|deal|still with me|any objections"
    r"|shall (?:i|we)|should i (?:go|continue|move|start|dig)|may i|can i (?:go|start|continue|move)"
    r"|would you like me|do you want me|happy with|anything (?:you|else)|before i (?:go|move)|want me to"
    r"|are you (?:ok|okay|happy|fine))\b[^?]{0,80}\?",
    re.IGNORECASE,
)
_REPEAT = re.compile(
    r"\b(?:(?:can|could|would) you (?:please )?(?:repeat|say (?:that|it) again|rephrase)|repeat (?:the|that|your)"
    r"|what was the question|come again|pardon|what do you mean"
    r"|i (?:don't|do not|didn't) understand (?:the|your) question)\b",
    re.IGNORECASE,
)
_MOVE_ON = re.compile(
    r"\b(?:can|could|may|shall|should|let's|let us|i'd like to|ready to|happy to|want to)\b[^.?!]{0,25}"
    r"\b(?:move on|go on to|move to|go to|continue with|next (?:step|part|section|topic))\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\b(?:i(?:'d| would) (?:like|want|love|need) to (?:know|ask|understand|clarify)|tell me|(?:i|we) need to know"
    r"|wondering|my question is|can you (?:tell|share|give)|curious (?:about|how|what|whether))\b",
    re.IGNORECASE,
)
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


def hear(text: str, finder: FactFinder | None) -> Heard:
    """Listen to one turn; without a `finder` (no problem) nothing is taken for a question about it."""
    passage = read_passage(text)
    questions, said = _questions(passage)
    facts: list[Fact] = []
    unknown: list[str] = []
    if finder:
        for question in questions:
            fact = finder.asked_for(question)
            if fact and fact not in facts:
                facts.append(fact)
            elif not fact and not _CHECK_IN.search(f"{question}?") and not _REPEAT.search(question):
                unknown.append(question)
    return Heard(tuple(facts), tuple(unknown), _tone(text, asked=bool(facts or unknown)), said)


def _tone(text: str, *, asked: bool) -> Tone | None:
    words = len(text.split())
    if _RUDE.search(text) and words < 2 * _SHORT:
        return "rude"
    if asked:
        return None
    if _REPEAT.search(text) and words < _SHORT:
        return "asked_to_repeat"
    if _REFUSAL.search(text) and words < _SHORT:
        return "refused"
    if _MOVE_ON.search(text) and words < _SHORT:
        return "asked_to_move_on"
    if words < _FEW_WORDS:
        return "empty"
    return "checked_in" if _CHECK_IN.search(text[-160:]) else None


def _questions(passage: Passage) -> tuple[list[str], int]:
    """The sentences that ask the interviewer something, and how many words are not in them.

    A single question that the speaker goes on to answer is thinking aloud.
    """
    sentences: list[tuple[str, bool, int]] = []
    for number in sorted({clause.sentence for clause in passage.clauses}):
        clauses = [clause for clause in passage.clauses if clause.sentence == number]
        text = passage.text[clauses[0].start : clauses[-1].end]
        asks = any(clause.question for clause in clauses) or bool(_ASKING.search(text))
        sentences.append((text, asks, len(text.split())))
    asking = [place for place, (_, asks, _) in enumerate(sentences) if asks]
    said = sum(words for _, asks, words in sentences if not asks)
    kept: list[str] = []
    for place in asking:
        behind = sum(words for _, asks, words in sentences[place + 1 :] if not asks)
        thinking_aloud = len(asking) == 1 and behind > _RHETORICAL
        if not thinking_aloud and sentences[place][2] >= _SHORTEST_QUESTION:
            kept.append(" ".join(sentences[place][0].split()))
    return kept, said
