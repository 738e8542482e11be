"""The interviewer with a language model: it words the agenda's moves, and code decides what of it is shown."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from string import Template

from langchain_core.messages import HumanMessage, SystemMessage

from fourstep.foreign_text import one_line
from fourstep.interview.brain import MOST_WORDS, Interviewer, Summary
from fourstep.interview.moves import Move
from fourstep.interview.state import State
from fourstep.llm.caller import Caller
from fourstep.llm.conversation import Conversation, completed, conversation, to_sum_up
from fourstep.llm.guard import Ground, Guard, questions, repeats
from fourstep.llm.sentences import sentences, split
from fourstep.llm.telling import Teller
from fourstep.offline.interviewer import OfflineInterviewer
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.transcript.events import Brain

ASKED_AGAIN = 2
"""How often a reply that does not pass is asked for again."""
FULL = 0.8
"""Share of a model's context from which older turns are summed up."""
_SUMMED_UP = 0.5
"""Share of the context that one summary stands for at most."""
_ASKING = ("open", "probe", "challenge", "twist", "advance", "close")
"""The moves that end with a question, where their prepared words do."""
_NOTHING = "-"
_SHOWN = 120
"""Characters of a sentence on record."""


class ModelInterviewer(Interviewer):
    """Says moves in a model's words, a sentence at a time, each after the guard."""

    kind: Brain = "model"

    def __init__(
        self,
        rubric: Rubric,
        problem: Problem,
        caller: Caller,
        prompts: Mapping[str, Template],
        offline: OfflineInterviewer,
        *,
        context_tokens: int,
    ) -> None:
        self.caller = caller
        self._rubric = rubric
        self._problem = problem
        self._prompts = prompts
        self._offline = offline
        self._context = context_tokens
        self._guard = Guard(rubric, problem)
        self._teller = Teller(problem)
        self._incidents: list[str] = []
        self._summaries: list[Summary] = []
        self._told: tuple[str, ...] = ()

    async def say(self, move: Move, state: State) -> AsyncIterator[str]:
        """The move in the model's words; what does not pass is replaced, at last by the prepared words.

        Raises: ModelError; what came before it was yielded.
        """
        draft = _Draft(self._ground(move, state))
        talk = conversation(state, self._rubric, self._problem, self._prompts["interviewer"])
        talk = await self._fitting(talk, draft)
        for _ in range(1 + ASKED_AGAIN):
            async with aclosing(self._attempt(talk, draft)) as pieces:
                async for piece in pieces:
                    yield piece
            if not self._lacking(draft):
                break
        else:
            self._incidents.append("The prepared words of the move were said instead.")
            yield draft.add(self._rest(draft))
        self._told = self._teller.told(draft.shown, draft.ground.offered)

    def incidents(self) -> tuple[str, ...]:
        """Which sentences were held back since it was last asked, why, and what replaced them."""
        incidents, self._incidents = tuple(self._incidents), []
        return incidents

    def told(self) -> tuple[str, ...]:
        """The ids of the facts that the last words told beyond those of their move."""
        told, self._told = self._told, ()
        return told

    def summaries(self) -> tuple[Summary, ...]:
        """How turns were summed up since it was last asked."""
        summaries, self._summaries = tuple(self._summaries), []
        return summaries

    def _ground(self, move: Move, state: State) -> Ground:
        untold = tuple(fact for fact in self._problem.facts if fact.id not in state.facts_told)
        left = state.started.minutes * 60 + state.extended - state.events[-1].elapsed if state.started else 0
        return Ground(
            move,
            state,
            self._offline.words(move, state),
            offered=untold if move.unknown and not state.closing else (),
            minutes_left=max(0, round(left / 60)),
        )

    async def _attempt(self, talk: Conversation, draft: "_Draft") -> AsyncGenerator[str, None]:
        """One call: what passes of its reply, up to the first sentence that does not."""
        note, draft.held_back = self._note(talk, draft), ""
        async with aclosing(self._sentences(talk, note)) as spoken:
            async for sentence in spoken:
                if fault := self._guard.fault(sentence, draft.shown, draft.ground):
                    draft.held_back = f'"{one_line(sentence, _SHOWN)}" {fault}'
                    break
                yield draft.add(sentence)
        draft.held_back = draft.held_back or self._lacking(draft) or ""
        if draft.held_back:
            self._incidents.append(f"Held back: {draft.held_back}")

    async def _sentences(self, talk: Conversation, note: str) -> AsyncGenerator[str, None]:
        async with aclosing(self.caller.stream(talk.messages(note))) as pieces:
            async for sentence in sentences(pieces):
                yield sentence

    def _note(self, talk: Conversation, draft: "_Draft") -> str:
        """The director's note for one call."""
        return self._prompts["interviewer_move"].substitute(
            tag=talk.tag,
            move=draft.ground.move.kind,
            words=draft.ground.prepared,
            untold=" ".join(fact.tells for fact in draft.ground.offered) or _NOTHING,
            minutes=draft.ground.minutes_left,
            shown=draft.shown or _NOTHING,
            held_back=draft.held_back or _NOTHING,
        )

    def _lacking(self, draft: "_Draft") -> str | None:
        """What a reply leaves out of its move; None when it is whole."""
        move, shown = draft.ground.move, draft.shown
        if not shown.strip():
            return "The reply is empty."
        if any(not self._teller.touched(shown, fact) for fact in move.facts):
            return "The reply leaves out a fact that was asked for."
        if move.kind in _ASKING and questions(draft.ground.prepared) and not questions(shown):
            return "The reply asks nothing."
        return None

    def _rest(self, draft: "_Draft") -> str:
        """The prepared words that are not shown yet; where they are too many, facts and the end are kept."""
        shown, facts = split(draft.shown), draft.ground.move.facts
        rest = [sentence for sentence in split(draft.ground.prepared) if not repeats(sentence, shown)]
        loose = [s for s in rest[:-1] if not any(self._teller.touched(s, fact) for fact in facts)]
        while loose and len(" ".join((*shown, *rest)).split()) > MOST_WORDS:
            rest.remove(loose.pop(0))
        return " ".join(rest)

    async def _fitting(self, talk: Conversation, draft: "_Draft") -> Conversation:
        """The conversation with older turns summed up, where it would fill the context. Raises: ModelError."""
        note = self._note(talk, draft)
        while talk.tokens(note) > FULL * self._context:
            turns = talk.oldest(int(_SUMMED_UP * self._context))
            if not turns:
                break
            prompt = self._prompts["compaction"].substitute(tag=talk.tag)
            text = await self.caller.reply([SystemMessage(prompt), HumanMessage(to_sum_up(talk, turns))])
            summary = Summary(turns[-1].turn, completed(text, talk, turns))
            self._summaries.append(summary)
            talk = talk.after(summary)
        return talk


@dataclass
class _Draft:
    """A reply in the making."""

    ground: Ground
    shown: str = ""
    held_back: str = ""
    """What was held back of the last attempt, and why."""

    def add(self, sentence: str) -> str:
        """Take a sentence in; returns it as it follows what is shown."""
        if not self.shown:
            sentence = sentence.lstrip()
        elif not (sentence[:1].isspace() or self.shown[-1:].isspace()):
            sentence = f" {sentence}"
        self.shown += sentence
        return sentence
