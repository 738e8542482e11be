"""The library's index: an SQLite file with a full-text search, derived from the folders and made anew at any time."""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from fourstep.errors import TranscriptError
from fourstep.files.log import LOG_NAME, make_private, storage_error
from fourstep.files.store import SCORECARDS_NAME, Store
from fourstep.transcript.events import Ended, Started
from fourstep.transcript.transcript import transcript_of

INDEX_NAME = ".index.sqlite"
_VERSION = 2
_TABLES = """
create table interviews (
    id text primary key, stamp text not null, started_at text, problem text, level text, elapsed real, score real,
    verdict text, state text, words integer
);
create virtual table texts using fts5(id unindexed, text, tokenize = 'porter unicode61');
"""
_COLUMNS = "id, started_at, problem, level, elapsed, score, verdict, state, words"


@dataclass(frozen=True, slots=True)
class Entry:
    """One interview as the library lists it."""

    id: str
    started_at: str
    problem: str
    level: str
    elapsed: float
    """Interview seconds used."""
    score: float | None
    verdict: str | None
    state: str
    """`scored`, `ended`, `interrupted` or `unreadable`."""
    words: int

    @property
    def key(self) -> str:
        """The short name that commands take."""
        return self.id.rsplit("-", 1)[-1]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


class LibraryIndex:
    """Answers from SQLite; what changed in the folders since the last look is read first."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._path = store.root / INDEX_NAME
        self._database = self._open()

    def __enter__(self) -> "LibraryIndex":
        self.refresh()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._database.close()

    def entries(self) -> list[Entry]:
        """All interviews, newest first."""
        rows = self._database.execute(f"select {_COLUMNS} from interviews order by started_at desc, id desc")
        return [Entry(*row) for row in rows]

    def search(self, words: str) -> list[Entry]:
        """The interviews in which all these words stand, best first."""
        terms = " ".join('"' + word.replace('"', '""') + '"' for word in words.split())
        if not terms:
            return self.entries()
        rows = self._database.execute(
            f"select {', '.join('i.' + c for c in _COLUMNS.split(', '))} from texts t "
            "join interviews i on i.id = t.id where texts match ? order by t.rank limit 200",
            (terms,),
        )
        return [Entry(*row) for row in rows]

    def refresh(self) -> None:
        """Read what is new or changed, forget what is gone."""
        known = dict(self._database.execute("select id, stamp from interviews").fetchall())
        present = {key: _stamp(self._store.root / key) for key in self._store.ids()}
        gone = [key for key in known if key not in present]
        changed = [key for key, stamp in present.items() if known.get(key) != stamp]
        if not gone and not changed:
            return
        with self._database:
            self._forget([*gone, *(key for key in changed if key in known)])
            for key in changed:
                self._add(key, present[key])

    def _forget(self, ids: Sequence[str]) -> None:
        for key in ids:
            self._database.execute("delete from interviews where id = ?", (key,))
            self._database.execute("delete from texts where id = ?", (key,))

    def _add(self, key: str, stamp: str) -> None:
        entry, text = _read(self._store, key)
        values = (entry.id, stamp, *list(asdict(entry).values())[1:])
        self._database.execute(f"insert into interviews values ({', '.join('?' * len(values))})", values)
        self._database.execute("insert into texts values (?, ?)", (key, text))

    def _open(self) -> sqlite3.Connection:
        """The index on disk; made anew when it is broken or of another version, in memory when it cannot be kept."""
        try:
            make_private(self._store.root) if not self._store.root.exists() else None
        except OSError as error:
            raise storage_error(self._store.root, error) from error
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
        database = sqlite3.connect(":memory:")
        _create(database)
        return database


def _create(database: sqlite3.Connection) -> None:
    database.executescript(_TABLES)
    database.execute(f"pragma user_version = {_VERSION}")
    database.commit()


def _stamp(folder: Path) -> str:
    """Changes whenever the transcript or the scorecards do."""
    parts = []
    for name in (LOG_NAME, SCORECARDS_NAME):
        try:
            status = (folder / name).stat()
            parts.append(f"{status.st_mtime_ns}:{status.st_size}")
        except OSError:
            parts.append("-")
    return "/".join(parts)


def _read(store: Store, key: str) -> tuple[Entry, str]:
    try:
        saved = store.read(store.root / key)
    except TranscriptError:
        return Entry(key, key[:8], key.split("-")[1] if "-" in key else "", "", 0.0, None, None, "unreadable", 0), ""
    started = next((event for event in saved.events if isinstance(event, Started)), None)
    cards = store.scorecards(saved.folder)
    transcript = transcript_of(saved.events, fallback_id=key)
    ended = any(isinstance(event, Ended) for event in saved.events)
    state = "scored" if cards else ("ended" if ended else "interrupted")
    entry = Entry(
        id=key,
        started_at=started.at.isoformat() if started else key[:8],
        problem=started.problem if started else "",
        level=started.level if started else "",
        elapsed=saved.events[-1].elapsed,
        score=cards[-1].overall if cards else None,
        verdict=cards[-1].verdict if cards else None,
        state=state,
        words=transcript.words,
    )
    return entry, "\n".join(turn.text for turn in transcript.turns)
