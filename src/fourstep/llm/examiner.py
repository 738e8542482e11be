"""The conversation about one transcript: what is asked of a criterion, and what is asked again."""

import asyncio
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from string import Template
from typing import Any, Protocol

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from fourstep.errors import ConfigurationError, ModelError
from fourstep.grading.rules import not_graded
from fourstep.grading.scorecard import Contradiction, Judgement
from fourstep.levels import LEVEL_NAMES, TOP_LEVEL
from fourstep.llm.contradictions import contradictions_in
from fourstep.llm.fence import fenced, without_addresses
from fourstep.llm.judging import REPLY_SCHEMA, Finding, findings
from fourstep.llm.limits import Limits, tokens_in
from fourstep.llm.structured import Structured
from fourstep.problem import Problem
from fourstep.rubric import Criterion, Rubric
from fourstep.transcript.transcript import Transcript

MOST_CORRECTIONS = 2
"""How often a reply goes back."""


class Replies(Protocol):
    """Where replies are kept, by the hash of what was asked."""

    def get(self, key: str) -> str | None:
        """The reply kept under a hash, if there is one."""
        ...

    def keep(self, key: str, reply: str) -> None:
        """Keep a reply."""
        ...


class Examiner:
    """Asks a model about one transcript. All of its calls begin alike, and the first warms the server's cache."""

    def __init__(
        self,
        rubric: Rubric,
        problem: Problem | None,
        transcript: Transcript,
        structured: Structured,
        prompts: Mapping[str, Template],
        limits: Limits,
        *,
        cache: Replies | None = None,
        permutation: int = 0,
        corrections: int = MOST_CORRECTIONS,
    ) -> None:
        self._rubric = rubric
        self._problem = problem
        self._transcript = transcript
        self._citable = without_addresses(transcript)
        self._structured = structured
        self._prompts = prompts
        self._limits = limits
        self._cache = cache
        self._permutation = permutation
        self._corrections = corrections
        self._lead = _Lead()
        self._endpoint = structured.caller.endpoint  # as it was set: a caller changes what its server refuses
        fence = fenced(transcript)
        self._system = prompts["grader"].substitute(fence=fence.name, problem=_as_json(_told(problem)))
        self._turns = fence.text

    async def examine(self, criteria: Sequence[Criterion]) -> list[Judgement]:
        """A judgement for each; what is wrong with a reply goes back, and what stays wrong is not graded."""
        messages, inquiry, said = self._opening(criteria), _Inquiry(list(criteria)), list[tuple[str, str]]()
        for _ in range(1 + self._corrections):
            try:
                reply = await self._reply(messages)
            except ModelError as error:
                inquiry.fail(error)
                break
            said.append((self._key(messages), reply))
            questions = inquiry.take(findings(reply, inquiry.left, self._rubric, self._citable))
            if not questions:
                break
            messages = [*messages, AIMessage(reply), HumanMessage(self._again(questions))]
        if len(inquiry.settled) == len(criteria) and not inquiry.failed:
            self._keep(said)
        return [
            inquiry.settled.get(criterion.id)
            or not_graded(criterion, self._rubric, self._transcript, inquiry.why[criterion.id])
            for criterion in criteria
        ]

    async def contradictions(self) -> tuple[Contradiction, ...]:
        """Statements that do not fit together, in one call behind the same prefix. Raises: ModelError."""
        messages = self._messages(self._prompts["contradictions"].template)
        reply = await self._reply(messages)
        found = contradictions_in(reply, self._citable)
        self._keep([(self._key(messages), reply)])
        return found

    def _opening(self, criteria: Sequence[Criterion]) -> list[BaseMessage]:
        asked = [self._asked(criterion) for criterion in criteria]
        return self._messages(self._prompts["grader_criterion"].substitute(criteria=_as_json(asked)))

    def _messages(self, task: str) -> list[BaseMessage]:
        """One message of each role, since some servers' templates want roles in turn; the task comes last."""
        return [SystemMessage(self._system), HumanMessage(f"{self._turns}\n\n{task}")]

    def _asked(self, criterion: Criterion) -> dict[str, Any]:
        """What a model is told of a criterion; the order of the levels is one of six."""
        orders = list(permutations(range(1, TOP_LEVEL + 1)))
        order = orders[-self._permutation % len(orders)]
        return {
            "criterion": criterion.id,
            "title": criterion.title,
            "about": criterion.about,
            "checks": [{"check": check.id, "says": check.says} for check in criterion.checks],
            "levels": [{"level": LEVEL_NAMES[level], "means": criterion.rule(level).anchor} for level in order],
            "strong_answer": self._problem.strong.get(criterion.id) if self._problem else None,
        }

    def _again(self, questions: Mapping[str, Sequence[str]]) -> str:
        lines = [f"- {key}: {question}" for key, asked in questions.items() for question in asked]
        return self._prompts["grader_again"].substitute(questions="\n".join(lines))

    async def _reply(self, messages: Sequence[BaseMessage]) -> str:
        if self._cache and (kept := self._cache.get(self._key(messages))) is not None:
            return kept
        leads = await self._lead.take_turn()
        try:
            expected = tokens_in(*(str(message.content) for message in messages))
            async with self._limits.place(expected, leads=leads):
                return await self._structured.ask(messages, self._lead.warm, whole=not leads)
        except ConfigurationError as error:
            self._lead.fail(error)
            raise
        finally:
            self._lead.warm()

    def _key(self, messages: Sequence[BaseMessage]) -> str:
        """The hash of all that makes a reply: model, parameters, prompts, transcript, criterion, form of the reply."""
        asked = [[message.type, message.content] for message in messages]
        said = [self._endpoint.name, self._endpoint.temperature, self._permutation, asked, REPLY_SCHEMA]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    def _keep(self, said: Sequence[tuple[str, str]]) -> None:
        """Only of a conversation that led to judgements: a later run asks again for what is missing, and no more."""
        for key, reply in said if self._cache else ():
            assert self._cache is not None
            self._cache.keep(key, reply)


class _Lead:
    """Lets the first call go alone until its first token: then the server has read what all calls share."""

    def __init__(self) -> None:
        self._taken = False
        self._warm = asyncio.Event()
        self._fault: ConfigurationError | None = None

    async def take_turn(self) -> bool:
        """Whether this is the first call; all others wait here until it has begun.

        Raises: ConfigurationError, where the first showed that none can work.
        """
        if not self._taken:
            self._taken = True
            return True
        await self._warm.wait()
        if self._fault:
            raise self._fault
        return False

    def fail(self, error: ConfigurationError) -> None:
        """The key, the address or the model is wrong: the first call finds out for all."""
        if not self._warm.is_set():
            self._fault = error

    def warm(self) -> None:
        """The first token is here, or there will be none."""
        self._warm.set()


@dataclass
class _Inquiry:
    """What has come of a conversation so far."""

    left: list[Criterion]
    """What the next reply is to be about."""
    settled: dict[str, Judgement] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    """Why there is no judgement, by criterion."""
    failed: bool = False
    """Whether a call failed."""
    _doubted: set[str] = field(default_factory=set)

    def take(self, found: Mapping[str, Finding]) -> dict[str, tuple[str, ...]]:
        """Note what a reply says; returns what goes back, by criterion: faults each time, doubts once."""
        questions = {}
        for key, finding in found.items():
            if finding.judgement:
                self.settled[key] = finding.judgement
            self.why[key] = f"The reply could not be used: {' '.join(finding.faults)}"
            if asked := finding.faults or (() if key in self._doubted else finding.doubts):
                questions[key] = asked
            if not finding.faults:
                self._doubted.add(key)
        self.left = [criterion for criterion in self.left if criterion.id in questions]
        return questions

    def fail(self, error: ModelError) -> None:
        """No reply came: that is why what is left has no judgement."""
        self.failed = True
        self.why |= {criterion.id: str(error) for criterion in self.left}


def _told(problem: Problem | None) -> Any:
    if problem is None:
        return None
    facts = [fact.tells for fact in problem.facts]
    return {"title": problem.title, "statement": problem.statement, "facts": facts}


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
