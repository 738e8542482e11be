"""Replies of models on disk, so that grading the same again costs nothing."""

from contextlib import suppress
from pathlib import Path

from fourstep.files.disk import make_private, write_private


class ReplyCache:
    """A folder of replies, each named by the hash of what was asked. A disk that refuses only costs the saving."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def get(self, key: str) -> str | None:
        """The reply kept under a hash, if there is one that can be read."""
        try:
            return self._path(key).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def keep(self, key: str, reply: str) -> None:
        """Keep a reply; an older one under the same hash is replaced."""
        with suppress(OSError):
            make_private(self._root)
            write_private(self._path(key), reply.encode())

    def _path(self, key: str) -> Path:
        return self._root / f"{key}.json"
