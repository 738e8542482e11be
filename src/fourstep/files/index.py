"""The library's index: an SQLite file with a full-text search, derived from the folders and made anew at any time.

What was indexed can be listed without importing anything that reads transcripts: the first screen need not wait.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from sys import intern
from types import TracebackType
from typing import TYPE_CHECKING, Any

from fourstep.files.disk import make_private, storage_error
from fourstep.files.ids import key_of
from fourstep.practice.progress import Graded

if TYPE_CHECKING:
    from fourstep.files.store import Store

INDEX_NAME = ".index.sqlite"
_VERSION = 11
_TABLES = """
create table interviews (
    id text primary key, stamp text not null, moment real not null, started_at text, left_at text, problem text,
    level text, minutes real, step text, elapsed real, score real, verdict text, weakest text, state text,
    words integer, parent text, imported integer, candidate text, problem_title text
);
create index by_time on interviews (moment desc, id desc);
create table graded (
    id text not null, at text not null, problem text not null, grader text not null, rubric text not null, overall real,
    steps text not null, levels text not null, missed text not null, ruled text not null,
    across text not null, parent text, predicted text not null, imported integer not null, moment real not null
);
create index by_interview on graded (id);
create index by_date on graded (moment desc, id desc);
create virtual table texts using fts5(id unindexed, text, tokenize = 'porter unicode61');
"""
_COLUMNS = (
    "id, started_at, left_at, problem, level, minutes, step, elapsed, score, verdict, weakest, state, words, parent, "
    "imported, candidate, problem_title"
)
_SHARED = 24
"""Letters: shorter values are problems, levels, steps, verdicts and states, longer ones ids and times."""
_NEWEST_FIRST = "order by moment desc, id desc"


@dataclass(frozen=True, slots=True)
class Entry:
    """One interview as the library lists it."""

    id: str
    started_at: str
    left_at: str
    """When its last event happened."""
    problem: str
    """What it is about; of an imported one of which nobody knows that, the file it came from."""
    level: str
    minutes: float
    """How long it was planned to be."""
    step: str | None
    """The step that was entered last."""
    elapsed: float
    """Interview seconds used."""
    score: float | None
    verdict: str | None
    weakest: str | None
    """The step with the lowest score."""
    state: str
    """`scored`, `ended`, `interrupted` or `unreadable`."""
    words: int
    parent: str | None = None
    """The interview that it answers again."""
    imported: bool = False
    """Whether it was held elsewhere: somebody else's, as a rule, and no practice of one's own."""
    candidate: str | None = None
    """The candidate's name, where a recording gives it."""
    problem_title: str = ""
    """What the interview's own copy of the problem is called; empty where it has none."""

    @property
    def key(self) -> str:
        """The short name that commands take."""
        return key_of(self.id)

    @property
    def title(self) -> str:
        """What it is about, and the candidate's name."""
        problem = self.problem_title or self.problem.replace("_", " ").capitalize()
        return f"{problem} · {self.candidate}" if self.candidate else problem

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


class LibraryIndex:
    """Answers from SQLite about the interviews in a folder; `refresh` reads what changed there since the last look."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._path = root / INDEX_NAME
        self._database = self._open()

    def __enter__(self) -> "LibraryIndex":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._database.close()

    def entries(self, most: int = -1) -> list[Entry]:
        """All interviews that were indexed, or the first `most`, newest first."""
        rows = self._database.execute(f"select {_COLUMNS} from interviews {_NEWEST_FIRST} limit ?", (most,))
        return [_entry(row) for row in rows]

    def graded(self, most: int = -1) -> list[Graded]:
        """How interviews were judged, by each grader that did: the newest `most`, newest first."""
        rows = self._database.execute(f"select * from graded {_NEWEST_FIRST} limit ?", (most,))
        return [_graded(row) for row in rows]

    def count(self) -> int:
        """How many interviews were indexed."""
        return int(self._database.execute("select count(*) from interviews").fetchone()[0])

    def search(self, words: str) -> list[Entry]:
        """The interviews in whose problem or turns all these words begin; best first."""
        terms = " ".join('"' + word.replace('"', '""') + '"*' for word in words.split())
        if not terms:
            return self.entries()
        rows = self._database.execute(
            f"select {', '.join('i.' + c for c in _COLUMNS.split(', '))} from texts t "
            "join interviews i on i.id = t.id where texts match ? order by t.rank limit 200",
            (terms,),
        )
        return [_entry(row) for row in rows]

    def refresh(self) -> None:
        """Read what is new or changed, forget what is gone; in memory alone where the folder may only be read."""
        try:
            self._read_changes()
        except sqlite3.OperationalError:
            self._database.close()
            self._database = _in_memory()
            self._read_changes()

    def _read_changes(self) -> None:
        from fourstep.files.store import Store  # models of transcripts: too slow to import before a first screen

        store = Store(self._root)
        known = dict(self._database.execute("select id, stamp from interviews"))
        changed: list[tuple[str, str]] = []
        for key in store.ids():
            stamp = store.stamp(key)
            if known.get(key) != stamp:
                changed.append((key, stamp))
            known.pop(key, None)
        if not known and not changed:
            return
        with self._database:
            self._forget([*known, *(key for key, _ in changed)])
            for key, stamp in changed:
                self._add(store, key, stamp)

    def _forget(self, ids: Sequence[str]) -> None:
        for key in ids:
            self._database.execute("delete from interviews where id = ?", (key,))
            self._database.execute("delete from texts where id = ?", (key,))
            self._database.execute("delete from graded where id = ?", (key,))

    def _add(self, store: "Store", key: str, stamp: str) -> None:
        entry, text = _read(store, key)
        values = (entry.id, stamp, _moment(entry.started_at), *list(asdict(entry).values())[1:])
        self._database.execute(f"insert into interviews values ({', '.join('?' * len(values))})", values)
        self._database.execute("insert into texts values (?, ?)", (key, text))
        self._database.executemany(f"insert into graded values ({', '.join('?' * 15)})", _grades(store, entry))

    def _open(self) -> sqlite3.Connection:
        """The index on disk; made anew when it is broken or of another version, in memory when it cannot be kept."""
        try:
            make_private(self._root) if not self._root.exists() else None
        except OSError as error:
            raise storage_error(self._root, error) from error
        for attempt in (1, 2):
            try:
                database = sqlite3.connect(self._path)
                if database.execute("pragma user_version").fetchone()[0] == _VERSION:
                    database.execute("select count(*) from interviews").fetchone()
                    return database
                database.close()
                self._path.unlink(missing_ok=True)
                database = sqlite3.connect(self._path)
                _create(database)
                self._path.chmod(0o600)
                return database
            except (sqlite3.DatabaseError, OSError):
                if attempt == 1:
                    with suppress(OSError):
                        self._path.unlink(missing_ok=True)
        return _in_memory()


def _in_memory() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    _create(database)
    return database


def _entry(row: Sequence[Any]) -> Entry:
    """An entry of a row; words that ten thousand rows share are held once."""
    values: list[Any] = [intern(v) if isinstance(v, str) and len(v) < _SHARED else v for v in row]
    *shared, imported, candidate, title = values
    return Entry(*[*shared, bool(imported), candidate, title])


def _create(database: sqlite3.Connection) -> None:
    database.executescript(_TABLES)
    database.execute(f"pragma user_version = {_VERSION}")
    database.commit()


def _read(store: "Store", key: str) -> tuple[Entry, str]:
    """An interview's entry, and all that can be searched in it."""
    from fourstep.errors import TranscriptError
    from fourstep.files.content import title_in
    from fourstep.files.store import PROBLEM_NAME
    from fourstep.interview.state import fold
    from fourstep.transcript.events import Imported
    from fourstep.transcript.transcript import transcript_of

    try:
        saved = store.read(store.root / key)
    except TranscriptError:
        return _unreadable(key), ""
    state = fold(saved.events)
    cards = store.scorecards(saved.folder)
    card = cards[-1] if cards else None
    transcript = transcript_of(saved.events, fallback_id=key)
    last = saved.events[-1]
    imports = [event for event in saved.events if isinstance(event, Imported)]
    imported = imports[0] if imports else None
    began, started = state.started or imported, state.started
    entry = Entry(
        id=key,
        started_at=began.at.isoformat() if began else key[:8],
        left_at=last.at.isoformat(),
        problem=transcript.problem or (imported.source if imported else ""),
        level=began.level if began else "",
        minutes=started.minutes if started else 0.0,
        step=state.step,
        elapsed=saved.elapsed,
        score=card.overall if card else None,
        verdict=card.verdict if card else None,
        weakest=card.weakest_step if card else None,
        state="scored" if card else ("ended" if state.ended or imported else "interrupted"),
        words=transcript.words,
        parent=started.parent if started else None,
        imported=imported is not None,
        candidate=transcript.candidate,
        problem_title=title_in(saved.folder / PROBLEM_NAME) or "",
    )
    return entry, "\n".join([entry.title, entry.problem.replace("_", " "), *(turn.text for turn in transcript.turns)])


def _unreadable(key: str) -> Entry:
    problem = key.split("-")[1] if "-" in key else ""
    return Entry(key, key[:8], "", problem, "", 0.0, None, 0.0, None, None, None, "unreadable", 0)


def _grades(store: "Store", entry: Entry) -> Iterator[tuple[Any, ...]]:
    """A row for each grader's newest scorecard by each rubric, with people's levels in place of the grader's."""
    from fourstep.review.remarks import as_ruled, grader_name, remarks_of

    if entry.state != "scored":
        return
    remarks = remarks_of(store.remarks(store.root / entry.id))
    cards = {(grader_name(card), card.rubric.hash): card for card in store.scorecards(store.root / entry.id)}
    at = entry.started_at if "T" in entry.started_at else entry.left_at  # an import may only know its day
    for card in cards.values():
        judgements = [as_ruled(judgement, remarks) for judgement in card.criteria]
        yield (
            entry.id,
            at,
            entry.problem,
            grader_name(card),
            card.rubric.hash,
            card.overall,
            json.dumps({step.id: step.score for step in card.steps if step.score is not None}),
            json.dumps({one.id: one.level for one in judgements if one.level is not None}),
            json.dumps({one.id: [check.id for check in one.checks if check.met == "no"] for one in judgements}),
            json.dumps([one.id for one, by_grader in zip(judgements, card.criteria, strict=True) if one != by_grader]),
            json.dumps([one.id for one in judgements if one.step == "throughout"]),
            entry.parent,
            json.dumps(remarks.prediction.steps if remarks.prediction else {}),
            entry.imported,
            _moment(at),
        )


def _moment(at: str) -> float:
    """Seconds since 1970: as texts, times of different zones would not come in their order."""
    try:
        return datetime.fromisoformat(at).timestamp()
    except ValueError:
        return 0.0


def _graded(row: Sequence[Any]) -> Graded:
    id, at, problem, grader, rubric, overall, steps, levels, missed, ruled, across, parent, predicted, imported, _ = row
    return Graded(
        interview=id,
        at=datetime.fromisoformat(at),
        problem=problem,
        grader=intern(grader),
        rubric=intern(rubric),
        overall=overall,
        steps=json.loads(steps),
        levels=json.loads(levels),
        missed=json.loads(missed),
        ruled=frozenset(json.loads(ruled)),
        across=frozenset(json.loads(across)),
        parent=parent,
        predicted=json.loads(predicted),
        imported=bool(imported),
    )
