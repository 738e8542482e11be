"""An interview without names and times, to be shown to others: before any report is made, so that all formats agree.

Names are those that the recording gave its speakers. E-mail addresses, links and handles go whole, for there names are
spelt in any way. What people say about themselves otherwise stays.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from fourstep.grading.scorecard import Contradiction, Evidence, Judgement, Scorecard
from fourstep.review.remarks import Remarks
from fourstep.transcript.events import (
    Compacted,
    CutOff,
    Event,
    FactUnknown,
    Failed,
    Imported,
    Observed,
    PadSaved,
    Speaker,
    Spoken,
    Started,
    Unknown,
)

NOBODY = "interview"
"""The id of an interview that is not told."""
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_ROLES = frozenset("candidate interviewee interviewer interview me you speaker person unknown user guest host".split())
_SHORTEST = 2
"""Letters of a part of a name that is looked for by itself."""
_SHORTEST_JOINED = 4
"""Letters of a name that is looked for as one word in any case; shorter ones are abbreviations of the field."""
_EMAIL = r"(?<![\w.+%'’-])[\w.+%'’-]+@(?:[\w-]+\.)+[^\W\d_]{2,}"
_URL = r"(?i:https?://|(?<![\w.-])www\.)\S*\w|(?<![\w.-])(?:[\w-]+\.)+[^\W\d_]{2,}/\S*\w"
_HANDLE = r"(?<![\w@])@[^\W\d_][\w.-]*\w"
"""With two letters at least: the `@k` of a metric is none."""


@dataclass(frozen=True, slots=True)
class Names:
    """What speakers are called, and how that is left out."""

    pattern: re.Pattern[str]
    """Addresses, and each name and part of one in a group of its own."""
    roles: tuple[Speaker, ...]
    """Whose name each group is."""

    @classmethod
    def of(cls, events: Sequence[Event]) -> "Names":
        """The names that a recording gave its speakers.

        Parts of names count as they are written or in capitals, for many are words as well; in any case only where
        the recording has no capitals at all, as captions made by a machine. Written as one word they are nothing else.
        """
        cased = any(event.text != event.text.lower() for event in events if isinstance(event, Spoken))
        called = dict(_called(events))
        spelt = {form: role for name, role in called.items() for form in ((name.upper(), name) if cased else (name,))}
        found = [(_spelling(name), spelt[name]) for name in sorted(spelt, key=len, reverse=True)]
        found += [(joined, called[name]) for name in sorted(called, key=len, reverse=True) for joined in _joined(name)]
        pattern = "|".join([_EMAIL, _URL, _HANDLE, *(f"({spelling})" for spelling, _ in found)])
        return cls(re.compile(pattern, 0 if cased else re.IGNORECASE), tuple(role for _, role in found))

    def left_out(self, text: str) -> str:
        """The text with `[candidate]` and `[interviewer]` in place of names, and `[left out]` in that of addresses."""
        return self.pattern.sub(self._role, text)

    def left_out_of_title(self, title: str | None) -> str | None:
        """The same for what somebody called their file's problem: names are written small there as well."""
        return title and re.sub(self.pattern.pattern, self._role, title, flags=re.IGNORECASE)

    def _role(self, found: re.Match[str]) -> str:
        return f"[{self.roles[found.lastindex - 1]}]" if found.lastindex else "[left out]"


def _spelling(name: str) -> str:
    """A name with either apostrophe, as a word by itself; scripts without capitals may have no spaces around it."""
    return _apart(re.sub("['’]", "['’]", re.escape(name)), name)


def _joined(name: str) -> Iterator[str]:
    """A name of several pieces as one word in any case: `annmarie`, `BoXi`, `bo-xi`, `dana.whitfield`."""
    pieces = re.findall(r"[^\W\d_]+", name)
    if len(pieces) > 1 and sum(map(len, pieces)) >= _SHORTEST_JOINED:
        letters = "[-_.'’]?".join(pieces)
        yield f"(?i:{_apart(letters, name)})"


def _apart(letters: str, name: str) -> str:
    return letters if name.lower() == name.upper() else rf"(?<![^\W_]){letters}(?![^\W_])"


def _called(events: Iterable[Event]) -> Iterator[tuple[str, Speaker]]:
    """Whole names and their parts; what says a role and no name is none."""
    for event in events:
        if isinstance(event, Started | Imported):
            for name in event.others or ():
                yield from ((part, "interviewer") for part in _parts(name))
            yield from ((part, "candidate") for part in _parts(event.candidate or ""))


def _parts(name: str) -> Iterator[str]:
    words = [word for word in re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", name) if word.casefold() not in _ROLES]
    if len(words) > 1:
        yield " ".join(name.split())
    yield from (word for word in words if len(word) >= _SHORTEST)


def anonymous_events(events: Sequence[Event], names: Names) -> tuple[Event, ...]:
    """The log without names, ids, files, servers and the wall clock; how much time passed between events stays.

    Events of newer programs may hold anything and are left out.
    """
    first = events[0].at if events else _NO_TIME
    return tuple(
        _anonymous(event, names).model_copy(update={"at": _NO_TIME + (event.at - first)})
        for event in events
        if not isinstance(event, Unknown)
    )


def _anonymous(event: Event, names: Names) -> Event:
    match event:
        case Started():
            return event.model_copy(update={"id": NOBODY, "parent": None, "candidate": None, "others": None})
        case Imported():
            unnamed = {"source": "", "problem": names.left_out_of_title(event.problem), "candidate": None, "others": ()}
            return event.model_copy(update={"id": NOBODY, **unnamed})
        case Spoken() | CutOff() | PadSaved():
            return event.model_copy(update={"text": names.left_out(event.text)})
        case FactUnknown():
            return event.model_copy(update={"question": names.left_out(event.question)})
        case Observed():
            checks = [check.model_copy(update={"quote": names.left_out(check.quote)}) for check in event.checks]
            return event.model_copy(update={"checks": tuple(checks)})
        case Compacted():
            return event.model_copy(update={"summary": names.left_out(event.summary)})
        case Failed():
            return event.model_copy(update={"what": ""})
        case _:
            return event


def anonymous_remarks(remarks: Remarks, names: Names) -> Remarks:
    """What people added, without who and when; of several reviewers it stays visible that they are several."""
    people = list(dict.fromkeys(ruling.by for ruling in remarks.rulings.values()))
    first = min((ruling.at for ruling in remarks.rulings.values()), default=_NO_TIME)
    rulings = (
        ruling.model_copy(
            update={
                "at": _NO_TIME + (ruling.at - first),
                "by": f"reviewer {people.index(ruling.by) + 1}" if len(people) > 1 else "",
                "reason": names.left_out(ruling.reason),
                "grader": ", ".join(map(_without_server, ruling.grader.split(", "))),
            }
        )
        for ruling in remarks.rulings.values()
    )
    return replace(
        remarks,
        prediction=remarks.prediction and remarks.prediction.model_copy(update={"at": _NO_TIME, "by": ""}),
        rulings={(ruling.criterion, ruling.by): ruling for ruling in rulings},
        notes={turn: names.left_out(text) for turn, text in remarks.notes.items()},
    )


def anonymous_card(card: Scorecard, names: Names) -> Scorecard:
    """A scorecard without names and times; of models the name stays and the server goes."""
    note = card.grader.note
    for model in card.grader.models:
        note = note.replace(model, _without_server(model))
    models = tuple(map(_without_server, card.grader.models))
    return card.model_copy(
        update={
            "transcript": NOBODY,
            "problem": names.left_out_of_title(card.problem),
            "transcript_hash": None,
            "at": None,
            "grader": card.grader.model_copy(update={"models": models, "note": note}),
            "criteria": tuple(_anonymous_judgement(judgement, names) for judgement in card.criteria),
            "contradictions": card.contradictions
            and tuple(_anonymous_contradiction(one, names) for one in card.contradictions),
            "flags": tuple(flag.model_copy(update={"quote": names.left_out(flag.quote)}) for flag in card.flags),
        }
    )


def _anonymous_judgement(judgement: Judgement, names: Names) -> Judgement:
    opinions = (one.model_copy(update={"by": _without_server(one.by)}) for one in judgement.opinions)
    return judgement.model_copy(
        update={
            "evidence": _anonymous_quotes(judgement.evidence, names),
            "counter_evidence": _anonymous_quotes(judgement.counter_evidence, names),
            "reason": names.left_out(judgement.reason),
            "advice": names.left_out(judgement.advice),
            "opinions": tuple(opinions),
        }
    )


def _anonymous_contradiction(one: Contradiction, names: Names) -> Contradiction:
    first, second = _anonymous_quotes((one.first, one.second), names)
    return one.model_copy(update={"first": first, "second": second, "why": names.left_out(one.why)})


def _anonymous_quotes(quotes: Iterable[Evidence], names: Names) -> tuple[Evidence, ...]:
    return tuple(one.model_copy(update={"quote": names.left_out(one.quote)}) for one in quotes)


def _without_server(model: str) -> str:
    """`qwen3` of `qwen3 @ host:8000`: a host may be somebody's name."""
    return model.partition(" @ ")[0]
