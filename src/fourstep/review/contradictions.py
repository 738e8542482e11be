"""Statements of one interview that do not fit together, found by rule: rather none than a wrong one.

Each rule takes a pair of the candidate's own statements, and stays silent where what is said beside them, or later,
shows that the candidate saw it.
"""

from collections.abc import Callable, Iterator

from fourstep.grading.scorecard import Contradiction, ContradictionKind
from fourstep.language.durations import Duration
from fourstep.language.words import is_number, number_at, stem
from fourstep.review.losses import losses_set_aside
from fourstep.review.statements import Statement, Statements
from fourstep.review.wordings import WORDINGS
from fourstep.transcript.transcript import Transcript

_DAY = 86_400.0
_RARE_PERCENT = 5.0
"""Up to this share of positives, saying no to all is at least 95 percent accurate."""
_LABELS_LATE = 7 * _DAY
_OFTEN = _DAY
_BUDGETS = (0.001, 10.0)
"""Seconds between which a length of time can be what a request may take."""
_TOO_MANY = 100_000
"""Items from which on no model scores all of them within a request."""
_SAID = 3
_AN_ANSWER = 3
"""Words up to which "Accuracy." is the answer to a question."""
_RATIO = ("in", "out", "for")
_SMALL_WORDS = frozenset(
    (
        "the and but for with that this these those their they them our ours you your his her its it's are was "
        "were will would can could has have had not isn't aren't don't doesn't didn't won't can't only just known "
        "know knows yet available there unknown missing exist exists get when until once after afterwards later "
        "before while because serving serve time moment point prediction predict request scoring score inference "
        "online production live model decision decide answer show course obviously actually really then what which "
        "who how all any some very one"
    ).split()
)
"""What is not the thing that a statement about its absence names."""
_BESIDE = 2
"""Clauses around a statement in which its speaker may have taken care of it."""


def contradictions_by_rule(transcript: Transcript) -> tuple[Contradiction, ...]:
    """The first pair of each rule that nothing explains."""
    said = Statements(transcript, WORDINGS)
    found = (next(rule(said), None) for rule in _RULES)
    return tuple(one for one in found if one)


def _metric_and_imbalance(said: Statements) -> Iterator[Contradiction]:
    """Accuracy as the measure where positives are rare; another measure beside it is enough to stay silent."""
    for chosen in said.naming("accuracy"):
        if not _is_chosen(chosen, said):
            continue
        rare = max(said.all, key=lambda one: _rarity(one, said), default=chosen)
        if rare is not chosen and _rarity(rare, said) >= _SAID:
            why = (
                "Where positives are that rare, a model that never predicts one is almost always right: accuracy "
                "cannot tell it from a good one."
            )
            yield _pair("metric_imbalance", rare, chosen, why)


def _is_chosen(accuracy: Statement, said: Statements) -> bool:
    """Whether accuracy is what the candidate measures, and it was not taken back or joined by something better."""
    answered = len(accuracy.words) <= _AN_ANSWER
    if "accuracy_aside" in accuracy.named or not (answered or accuracy.named & {"evaluated", "accuracy_insisted"}):
        return False
    if any("accuracy_doubted" in one.named for one in said.around(accuracy, _BESIDE)):
        return False
    if any(one.named >= {"accuracy", "accuracy_doubted"} for one in said.after(accuracy)):
        return False
    last = max((one.place for one in said.naming("suited_metric")), default=-1)
    return last < 0 or (last < accuracy.place and "accuracy_insisted" in accuracy.named)


def _rarity(statement: Statement, said: Statements) -> int:
    """How strongly it says that what is looked for is rare; a share or the word alone may be about anything."""
    if "if" in statement.words:
        return 0
    if "imbalance" in statement.named:
        return _SAID
    few = any(0 < share <= _RARE_PERCENT for share in _shares(list(statement.words)))
    beside = few and any("event" in one.named for one in said.around(statement, 1))
    return 2 * few + 2 * ("rare" in statement.named) + ("event" in statement.named) + beside


def _shares(words: list[str]) -> Iterator[float]:
    """Shares in percent: "2 percent", "one in a hundred", "1 out of 400", "3 frauds for 10,000 payments"."""
    for place in range(len(words)):
        value = _figure(words, place)
        if value is None:
            continue
        if words[place + 1 : place + 2] in (["%"], ["percent"]):
            yield value
        for ratio in range(place + 1, min(place + 3, len(words))):
            if words[ratio] in _RATIO and (base := _figure(words, _behind_small_words(words, ratio + 1))):
                yield 100 * value / base


def _behind_small_words(words: list[str], place: int) -> int:
    return place + next((n for n, word in enumerate(words[place:]) if word not in ("a", "of", "every")), 0)


def _figure(words: list[str], place: int) -> float | None:
    if place >= len(words):
        return None
    return 1.0 if words[place] == "one" else number_at(words, place)


def _labels_and_retraining(said: Statements) -> Iterator[Contradiction]:
    """Retraining many times before the first label of what was seen last can be there."""
    for late in said.naming("label", "comes_late"):
        delay = max((one.seconds for one in late.durations if not one.regular), default=0.0)
        if delay < _LABELS_LATE or not late.certain or "retrains" in late.named:
            continue
        for often in said.naming("retrains"):
            cadence = min((one.seconds for one in often.durations if one.regular), default=delay)
            beside = (*said.around(often, _BESIDE), *said.around(late, 1))
            seen = any("delay_seen" in one.named for one in beside if one is not late)
            if cadence <= _OFTEN and often.certain and not seen:
                why = (
                    "What was seen since the last retraining has no labels yet, so retraining that often learns "
                    "nothing new unless something stands in for them."
                )
                yield _pair("labels_retraining", late, often, why)


def _cost_and_latency(said: Statements) -> Iterator[Contradiction]:
    """A model on the path of a request that takes longer than the request may, or that scores far too many items."""
    for budget in said.naming("budget"):
        allowed = max((one.seconds for one in budget.durations if _can_be_budget(one)), default=0.0)
        if not allowed or budget.named & {"runs_model", "off_path"}:
            continue
        for cost in said.naming("runs_model"):
            taken = max((one.seconds for one in cost.durations if _can_be_budget(one)), default=0.0)
            if taken > allowed and not _cost_is_seen(cost, said):
                yield _pair("cost_latency", budget, cost, "The model alone takes longer than the whole answer may.")
        for cost in said.naming("scores", "every_item"):
            if allowed <= 1 and _count(cost) >= _TOO_MANY and not _cost_is_seen(cost, said):
                why = (
                    "So many items cannot each be scored within that time; an earlier stage has to leave a few hundred."
                )
                yield _pair("cost_latency", budget, cost, why)


def _can_be_budget(length: Duration) -> bool:
    return _BUDGETS[0] <= length.seconds <= _BUDGETS[1] and not length.regular


def _cost_is_seen(cost: Statement, said: Statements) -> bool:
    return not cost.certain or any(one.named & {"cost_seen", "off_path"} for one in said.around(cost, _BESIDE + 1))


def _count(statement: Statement) -> float:
    words = list(statement.words)
    return max((number_at(words, place) or 0.0 for place, word in enumerate(words) if is_number(word)), default=0.0)


def _feature_not_yet_known(said: Statements) -> Iterator[Contradiction]:
    """A feature of which the candidate says elsewhere that it is not there yet when the model is asked."""
    for absent in said.naming("absent", "serving"):
        thing = _thing(absent)
        if not thing or any("kept_out" in one.named for one in said.around(absent, _BESIDE)):
            continue
        for used in said.naming("feature"):
            seen = used.turn is absent.turn or used.named & {"kept_out", "absent"}
            if not seen and thing <= frozenset(map(stem, used.words)):
                why = "The model would learn from something that is not there when it has to answer."
                yield _pair("feature_at_serving", used, absent, why)


def _feature_not_fresh(said: Statements) -> Iterator[Contradiction]:
    """What happened in the last minutes as a feature, and features that are built once a day."""
    if any(said.naming("streamed")):
        return
    for recent in said.naming("recent", "counted"):
        for built in said.naming("features_built"):
            daily = any(one.regular and one.seconds >= _DAY for one in built.durations) or "overnight" in built.named
            if daily and built.certain and recent.certain and built is not recent:
                why = "What happened in the last minutes cannot be in features that are built once a day."
                yield _pair("feature_at_serving", recent, built, why)


def _loss_changed(said: Statements) -> Iterator[Contradiction]:
    """A loss that was set aside for another, and is trained with later without a word on that."""
    for refused, used in losses_set_aside(said):
        why = "A loss that was set aside before is trained with here; say which one holds, and why it changed."
        yield _pair("loss_changed", refused, used, why)


def _thing(absent: Statement) -> frozenset[str]:
    """The stems of what is said to be absent; none where too few or too many words could be meant."""
    content = frozenset(stem(word) for word in absent.words if len(word) > 2 and word not in _SMALL_WORDS)
    return content if 2 <= len(content) <= 4 else frozenset()


def _pair(kind: ContradictionKind, first: Statement, second: Statement, why: str) -> Contradiction:
    earlier, later = sorted((first, second), key=lambda one: one.place)
    return Contradiction(kind=kind, first=earlier.evidence, second=later.evidence, why=why, by="rule")


_RULES: tuple[Callable[[Statements], Iterator[Contradiction]], ...] = (
    _metric_and_imbalance,
    _feature_not_yet_known,
    _feature_not_fresh,
    _labels_and_retraining,
    _cost_and_latency,
    _loss_changed,
)
