"""Which brain conducts an interview: the language model that is set, or the one that needs none."""

from collections.abc import Callable
from dataclasses import dataclass

from fourstep.files.prompts import read_prompts
from fourstep.interview.brain import Interviewer, Observer
from fourstep.offline.interviewer import OfflineInterviewer
from fourstep.offline.observer import OfflineObserver
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.settings import Settings
from fourstep.wiring.endpoints import endpoint_for, preset_of

_HOSTED, _LOCAL = 128_000, 32_000
"""Tokens that a model is taken to keep when nothing is set: hosted, and on a server of one's own."""


@dataclass
class Ear:
    """Who hears what a model is waited for; nobody until a screen or a terminal says so."""

    told: Callable[[str], None] = lambda _: None

    def hear(self, text: str) -> None:
        """Pass it on."""
        self.told(text)


def offline_brain(rubric: Rubric, problem: Problem) -> tuple[OfflineInterviewer, OfflineObserver]:
    """The interviewer and the observer without a model."""
    return OfflineInterviewer(rubric, problem), OfflineObserver(rubric, problem)


def brain_for(settings: Settings, rubric: Rubric, problem: Problem, ear: Ear) -> tuple[Interviewer, Observer]:
    """What is set; a model that cannot be reached says so when it is first to speak."""
    interviewer, observer = offline_brain(rubric, problem)
    speaking, watching = endpoint_for(settings, "interviewer"), endpoint_for(settings, "observer")
    if speaking is None or watching is None:
        return interviewer, observer
    from fourstep.llm.caller import Caller
    from fourstep.llm.interviewer import ModelInterviewer
    from fourstep.llm.observer import ModelObserver

    prompts = read_prompts()
    caller = Caller(speaking, told=ear.hear)
    return (
        ModelInterviewer(rubric, problem, caller, prompts, interviewer, context_tokens=_context_of(settings)),
        ModelObserver(rubric, problem, Caller(watching), prompts, observer),
    )


def _context_of(settings: Settings) -> int:
    preset = preset_of(settings)
    return settings.context_tokens or (_HOSTED if preset is None or preset.needs_key else _LOCAL)
