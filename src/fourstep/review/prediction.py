"""What the candidate thought the score would be, beside what it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fourstep.grading.scorecard import Scorecard
from fourstep.review.remarks import Prediction
from fourstep.rubric import Rubric, StepId


@dataclass(frozen=True, slots=True)
class Gap:
    """One step, or all predicted ones together where `step` is None; in percent."""

    step: StepId | None
    predicted: float
    scored: float

    @property
    def apart(self) -> float:
        """Predicted minus scored: above 0 the candidate thought better of it."""
        return self.predicted - self.scored


def predicted(steps: Mapping[StepId, float], rubric: Rubric, at: datetime) -> Prediction:
    """A prediction by step, with the overall score that follows by the rubric's weights."""
    return Prediction(at=at, steps=dict(steps), overall=_weighted(steps, rubric))


def gaps(prediction: Prediction, card: Scorecard, rubric: Rubric) -> tuple[Gap, ...]:
    """Every step that was predicted and scored, then all of them together; empty where nothing was."""
    scored = {step.id: step.score for step in card.steps if step.score is not None and step.id in prediction.steps}
    if not scored:
        return ()
    both = [Gap(step, prediction.steps[step], score) for step, score in scored.items()]
    said = {step: prediction.steps[step] for step in scored}
    return (*both, Gap(None, _weighted(said, rubric), _weighted(scored, rubric)))


def _weighted(steps: Mapping[StepId, float], rubric: Rubric) -> float:
    weights = {step: rubric.step(step).weight for step in steps}
    return sum(weights[step] * percent for step, percent in steps.items()) / sum(weights.values())
