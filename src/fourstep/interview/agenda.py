"""The agenda: which move comes next. Pure policy over the folded state; no brain can derail it.

It opens the problem, answers questions from the facts, probes what is unmet in the step, most weight first, challenges
what is solid when time allows, changes a requirement once, and moves on when the step is covered, its questions are
used up, or its time is.
"""

from dataclasses import dataclass, replace

from fourstep.choices import Level
from fourstep.grading.arithmetic import weight_of
from fourstep.interview.hearing import Heard
from fourstep.interview.moves import WHY_ADVANCE, Lead, Move
from fourstep.interview.questions import CHALLENGE, openings, probes
from fourstep.interview.state import State
from fourstep.interview.timing import Plan
from fourstep.levels import SOLID
from fourstep.problem import Problem
from fourstep.rubric import HINT_RUNGS, Criterion, Rubric, StepId

PROBES_A_CRITERION = 2
CHALLENGES_A_STEP: dict[Level, int] = {"mid": 1, "senior": 2, "staff": 3}
FACTS_A_TURN = 3
_TIME_FOR_A_CHALLENGE = 120.0
"""Seconds of the step's time that must be left."""
_STEPS_FOR_A_TWIST = ("model", "serve")
"""Before the model step there is no design that a change of requirements could hurt."""
_QUESTIONS = ("probe", "challenge", "twist")
"""The moves that may follow an answer in the same turn."""
_ANSWERS_IN_A_ROW = 4
"""After so many turns of nothing but answers the interviewer asks something of its own."""
_GOES_ON_BY_ITSELF = 40
"""Up to this many words beside their questions, the candidate is still asking, not answering."""
_LEADS: dict[str, Lead] = {"refused": "refused", "empty": "refused", "rude": "rude", "checked_in": "checked_in"}


@dataclass(frozen=True, slots=True)
class Agenda:
    """The policy for one interview."""

    rubric: Rubric
    problem: Problem
    plan: Plan
    twists: bool = False
    """Whether a requirement is changed at any level when time allows; at staff level it always is."""

    def longer(self, seconds: float) -> "Agenda":
        """The same with more time."""
        return replace(self, plan=replace(self.plan, total=self.plan.total + seconds))

    def opening(self) -> Move:
        """The first move."""
        return Move("open", step=self.plan.shares[0][0], why="start")

    def next_move(self, state: State, heard: Heard, now: float, *, on_topic: bool = True) -> Move:
        """The move that answers the candidate's last turn, `now` seconds into the interview."""
        if now >= self.plan.total:
            return Move("farewell", lead="time_up")
        about_us = self._about_us(state, heard, now)
        if about_us:
            return about_us
        if state.closing:
            return self._in_closing(heard)
        if heard.facts or heard.unknown:
            return self._answer(state, heard, now)
        if heard.tone == "empty" and not heard.names and state.aim and not state.leads_given("redirect"):
            return Move("redirect", criterion=state.aim, lead="empty")
        lead = _LEADS.get(heard.tone or "") or (None if on_topic else "off_topic")
        if heard.names in self._ahead(state):
            return self._follow(state, heard.names, now, lead)
        if heard.tone == "asked_to_move_on" and heard.names is None:
            return self._advance(state, "asked", None)
        return self._go_on(state, now, lead)

    def _about_us(self, state: State, heard: Heard, now: float) -> Move | None:
        """What was said about the interview and not about the problem."""
        match heard.tone:
            case "asked_to_repeat":
                return self.repeat(state)
            case "asked_for_hint":
                return self.hint(state)
            case "asked_the_clock":
                left = max(1, round((self.plan.total - now) / 60))
                return Move("redirect", criterion=state.aim, lead="time_left", minutes_left=left)
            case "asked_for_time":
                return Move("redirect", criterion=state.aim, lead="take_time")
            case "asked_about_us" if not state.closing:
                return Move("redirect", criterion=state.aim, lead="cannot_say")
            case _:
                return None

    def hint(self, state: State) -> Move:
        """The next rung for the criterion that is being talked about."""
        if len(state.hints) >= state.hints_allowed:
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
        """Facts first; then a question only when the candidate answered too, or has been asking for long."""
        facts = tuple(fact.id for fact in heard.facts[:FACTS_A_TURN])
        unknown = heard.unknown[: max(0, FACTS_A_TURN - len(facts))]
        too_many = len(heard.facts) + len(heard.unknown) > len(facts) + len(unknown)
        answer = Move("answer", criterion=state.aim, facts=facts, unknown=unknown, too_many=too_many)
        still_asking = heard.said <= _GOES_ON_BY_ITSELF and state.leads_given("answer") < _ANSWERS_IN_A_ROW
        if still_asking or len(facts) + len(unknown) > 1 or too_many:
            return answer
        going_on = self._go_on(state, now, None)
        return replace(going_on, facts=facts, unknown=unknown) if going_on.kind in _QUESTIONS else answer

    def _ahead(self, state: State) -> tuple[StepId, ...]:
        """The steps behind this one."""
        return self.plan.after(state.step) if state.step else ()

    def _follow(self, state: State, step: StepId | None, now: float, lead: Lead | None) -> Move:
        """The candidate leads into a later step: go along, with a question there."""
        there = replace(state, step=step, step_entered_at=now)
        return replace(self._go_on(there, now, lead), step=step, why="asked")

    def _go_on(self, state: State, now: float, lead: Lead | None) -> Move:
        if state.step is None or now >= self.plan.closes_at():
            return self._twist(state, lead, late=True) or Move("close", lead=lead)
        if now >= self.plan.deadline(state.step, state.step_entered_at):
            return self._twist(state, lead, late=True) or self._advance(state, "time", lead)
        own, shared = self._criteria(state.step), self._shared(state.step)
        move = (
            self._push_back(state, lead)
            or self._probe(own, state, lead)
            or self._challenge(own, state, now, lead)
            or self._probe(shared, state, lead)
            or self._twist(state, lead, late=False)
        )
        return move or self._advance(state, "probes" if self._unmet(state) else "covered", lead)

    def _twist(self, state: State, lead: Lead | None, *, late: bool) -> Move | None:
        """The one change of requirements, as the last question of the model step or of the one behind it."""
        staff = state.started is not None and state.started.level == "staff"
        wanted = staff or (self.twists and not late)
        if not wanted or state.twist_told or state.step not in _STEPS_FOR_A_TWIST or not self.problem.twists:
            return None
        seed = state.started.seed if state.started else 0
        twist = self.problem.twists[seed % len(self.problem.twists)]
        return Move("twist", twist.aims_at, twist=twist.id, lead=lead)

    def _push_back(self, state: State, lead: Lead | None) -> Move | None:
        """A bar-raiser doubts the first good answer at once, and only that one."""
        bar_raiser = state.started is not None and state.started.persona == "bar-raiser"
        challenged = any(number == CHALLENGE for _, number in state.asked)
        if not bar_raiser or challenged or lead or state.aim is None:
            return None
        good = state.level(self.rubric.criterion(state.aim)) >= SOLID
        return Move("challenge", state.aim, CHALLENGE) if good else None

    def _probe(self, criteria: list[Criterion], state: State, lead: Lead | None) -> Move | None:
        """The next question: the same criterion again while it is half met, else the weightiest unmet one.

        What was never asked about and not yet spoken of goes before what the candidate brought up unasked.
        """
        unmet = [c for c in criteria if state.level(c) < SOLID and self._unasked(c, state) is not None]
        half_met = [c for c in unmet if state.level(c) > 0 and state.times_asked(c.id)]
        at_hand = [c for c in half_met if c.id == state.aim and lead != "refused"]
        fresh = sorted((c for c in unmet if not state.times_asked(c.id)), key=lambda c: state.level(c) > 0)
        chosen = next(iter((*at_hand, *fresh, *half_met)), None)
        return Move("probe", chosen.id, self._unasked(chosen, state), lead=lead) if chosen else None

    def _unasked(self, criterion: Criterion, state: State) -> int | None:
        """A question of a criterion that was not asked, one that opens it only while nothing was said on it.

        None when it had its share.
        """
        if state.times_asked(criterion.id) >= PROBES_A_CRITERION:
            return None
        numbers = range(len(probes(criterion, self.problem)))
        left = [number for number in numbers if (criterion.id, number) not in state.asked]
        if state.level(criterion) > 0:
            left.sort(key=lambda number: number in openings(criterion, self.problem))
        return next(iter(left), None)

    def _challenge(self, criteria: list[Criterion], state: State, now: float, lead: Lead | None) -> Move | None:
        assert state.step is not None
        left = self.plan.deadline(state.step, state.step_entered_at) - now
        done = sum(1 for c in criteria if (c.id, CHALLENGE) in state.asked)
        if left < _TIME_FOR_A_CHALLENGE or done >= self._challenges(state) or lead == "refused":
            return None
        solid = [c for c in criteria if state.level(c) == SOLID and (c.id, CHALLENGE) not in state.asked]
        return Move("challenge", solid[0].id, CHALLENGE, lead=lead) if solid else None

    def _challenges(self, state: State) -> int:
        return CHALLENGES_A_STEP[state.started.level if state.started else "senior"]

    def _unmet(self, state: State) -> list[Criterion]:
        return [c for c in self._criteria(state.step) if state.level(c) < SOLID] if state.step else []

    def _criteria(self, step: StepId) -> list[Criterion]:
        """The criteria of a step that are in play, weightiest first."""
        own = sorted(self.rubric.step(step).criteria, key=lambda criterion: -weight_of(criterion.id, self.problem))
        return [criterion for criterion in own if weight_of(criterion.id, self.problem) > 0]

    def _shared(self, step: StepId) -> list[Criterion]:
        """What is asked about all steps, at the end of the last one."""
        return [] if self.plan.after(step) else self._criteria("throughout")

    def _advance(self, state: State, why: WHY_ADVANCE, lead: Lead | None) -> Move:
        ahead = self._ahead(state)
        return Move("advance", step=ahead[0], why=why, lead=lead) if ahead else Move("close", lead=lead)

    def _in_closing(self, heard: Heard) -> Move:
        asks = heard.facts or heard.unknown
        if not asks:
            return Move("farewell")
        return Move("answer", facts=tuple(fact.id for fact in heard.facts[:FACTS_A_TURN]), unknown=heard.unknown[:1])
