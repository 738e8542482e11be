"""The agenda: which move comes next. Pure policy over the folded state; no brain can derail it.

It opens the problem, answers questions from the facts, probes what is unmet in the step, most weight first, challenges
what is solid when time allows, and moves on when the step is covered, its questions are used up, or its time is.
"""

from dataclasses import dataclass

from fourstep.grading.arithmetic import weight_of
from fourstep.interview.hearing import Heard
from fourstep.interview.moves import WHY_ADVANCE, Lead, Move
from fourstep.interview.questions import CHALLENGE, probes
from fourstep.interview.state import State
from fourstep.interview.timing import Plan
from fourstep.problem import Problem
from fourstep.rubric import HINT_RUNGS, Criterion, Rubric, StepId

SOLID = 2
PROBES_A_CRITERION = 2
CHALLENGES_A_STEP = 2
HINTS_AN_INTERVIEW = 6
FACTS_A_TURN = 3
_TIME_FOR_A_CHALLENGE = 120.0
"""Seconds of the step's time that must be left."""
_GOES_ON_BY_ITSELF = 40
"""Up to this many words beside their questions, the candidate is still asking, not answering."""
_LEADS: dict[str, Lead] = {"refused": "refused", "empty": "empty", "rude": "rude", "checked_in": "checked_in"}


@dataclass(frozen=True, slots=True)
class Agenda:
    """The policy for one interview."""

    rubric: Rubric
    problem: Problem
    plan: Plan

    def opening(self) -> Move:
        """The first move."""
        return Move("open", step=self.plan.shares[0][0], why="start")

    def next_move(self, state: State, heard: Heard, now: float, *, on_topic: bool = True) -> Move:
        """The move that answers the candidate's last turn, `now` seconds into the interview."""
        if now >= self.plan.total:
            return Move("farewell", lead="time_up")
        if state.closing:
            return self._in_closing(heard)
        if heard.tone == "asked_to_repeat":
            return self.repeat(state)
        if heard.tone == "asked_to_move_on" and state.step:
            return self._advance(state, "asked", None)
        lead = _LEADS.get(heard.tone or "") or (None if on_topic else "off_topic")
        if heard.facts or heard.unknown:
            return self._answer(state, heard, now)
        if heard.tone == "empty" and state.aim and not state.leads_given("redirect"):
            return Move("redirect", criterion=state.aim, lead="empty")
        return self._go_on(state, now, lead)

    def hint(self, state: State) -> Move:
        """The next rung for the criterion that is being talked about."""
        if len(state.hints) >= HINTS_AN_INTERVIEW:
            return Move("redirect", lead="hints_used_up")
        criterion = state.aim or next((c.id for c in self._unmet(state)), None)
        if criterion is None or state.rungs(criterion) >= HINT_RUNGS:
            return Move("redirect", criterion=criterion, lead="no_hint")
        return Move("hint", criterion=criterion, rung=state.rungs(criterion) + 1)

    def repeat(self, state: State) -> Move:
        """The last question again, because it was asked for."""
        return Move("repeat", criterion=state.aim)

    def skip(self, state: State) -> Move:
        """The next step, because the candidate wants it."""
        return Move("farewell") if state.closing else self._advance(state, "asked", None)

    def _answer(self, state: State, heard: Heard, now: float) -> Move:
        """Facts first; then a question only when the candidate was not still asking."""
        facts = tuple(fact.id for fact in heard.facts[:FACTS_A_TURN])
        unknown = heard.unknown[: max(0, FACTS_A_TURN - len(facts))]
        too_many = len(heard.facts) + len(heard.unknown) > len(facts) + len(unknown)
        answer = Move("answer", criterion=state.aim, facts=facts, unknown=unknown, too_many=too_many)
        if heard.said <= _GOES_ON_BY_ITSELF or len(facts) + len(unknown) > 1 or too_many:
            return answer
        going_on = self._go_on(state, now, None)
        if going_on.kind not in ("probe", "challenge"):
            return answer
        return Move(
            going_on.kind,
            going_on.criterion,
            going_on.question,
            facts=facts,
            unknown=unknown,
            too_many=too_many,
        )

    def _go_on(self, state: State, now: float, lead: Lead | None) -> Move:
        if state.step is None or now >= self.plan.closes_at():
            return Move("close", lead=lead)
        if now >= self.plan.deadline(state.step, state.step_entered_at):
            return self._advance(state, "time", lead)
        probe = self._probe(state, refused=lead == "refused")
        if probe:
            return Move("probe", *probe, lead=lead)
        challenge = self._challenge(state, now)
        if challenge:
            return Move("challenge", challenge.id, CHALLENGE, lead=lead)
        return self._advance(state, "probes" if self._unmet(state) else "covered", lead)

    def _probe(self, state: State, *, refused: bool) -> tuple[str, int] | None:
        """The question to ask: the same criterion again while it is half met, else the weightiest unmet one."""
        unmet = [c for c in self._unmet(state) if self._unasked(c, state) is not None]
        for criterion in unmet:
            if criterion.id == state.aim and state.level(criterion) > 0 and not refused:
                return criterion.id, self._unasked(criterion, state) or 0
        fresh = [c for c in unmet if not state.times_asked(c.id)]
        again = [c for c in unmet if state.times_asked(c.id) and state.level(c) > 0]
        for criterion in (*fresh, *again):
            number = self._unasked(criterion, state)
            if number is not None:
                return criterion.id, number
        return None

    def _unasked(self, criterion: Criterion, state: State) -> int | None:
        """The first question of a criterion that was not asked; None when it had its share."""
        if state.times_asked(criterion.id) >= PROBES_A_CRITERION:
            return None
        numbers = range(len(probes(criterion, self.problem)))
        return next((number for number in numbers if (criterion.id, number) not in state.asked), None)

    def _challenge(self, state: State, now: float) -> Criterion | None:
        assert state.step is not None
        left = self.plan.deadline(state.step, state.step_entered_at) - now
        here = self._criteria(state.step)
        done = sum(1 for c in here if (c.id, CHALLENGE) in state.asked)
        if left < _TIME_FOR_A_CHALLENGE or done >= CHALLENGES_A_STEP:
            return None
        solid = [c for c in here if state.level(c) == SOLID and (c.id, CHALLENGE) not in state.asked]
        return solid[0] if solid else None

    def _unmet(self, state: State) -> list[Criterion]:
        return [c for c in self._criteria(state.step) if state.level(c) < SOLID] if state.step else []

    def _criteria(self, step: StepId) -> list[Criterion]:
        """The criteria that a step can ask about, weightiest first; the last step also asks those of all steps."""
        own = list(self.rubric.step(step).criteria)
        own.sort(key=lambda criterion: -weight_of(criterion.id, self.problem))
        if not self.plan.after(step):
            own += self.rubric.step("throughout").criteria
        return [criterion for criterion in own if weight_of(criterion.id, self.problem) > 0]

    def _advance(self, state: State, why: WHY_ADVANCE, lead: Lead | None) -> Move:
        following = [s for s in self.plan.after(state.step) if s not in state.entered] if state.step else []
        if not following:
            return Move("close", lead=lead)
        return Move("advance", step=following[0], why=why, lead=lead)

    def _in_closing(self, heard: Heard) -> Move:
        asks = heard.facts or heard.unknown
        if not asks:
            return Move("farewell")
        return Move("answer", facts=tuple(fact.id for fact in heard.facts[:FACTS_A_TURN]), unknown=heard.unknown[:1])
