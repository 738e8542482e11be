"""One tree of errors: each says what happened and what to do about it."""

from typing import ClassVar


class FourstepError(Exception):
    """Something a person can understand and act on.

    `message` says what happened, `hint` what to do; `exit_code` is the command line's answer and `code` the
    word that JSON output uses for this kind of failure.
    """

    exit_code: ClassVar[int] = 1
    code: ClassVar[str] = "failed"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(FourstepError):
    """The command was not understood, or needs a terminal or an answer that it cannot get."""

    exit_code = 2
    code = "usage"


class ContentError(FourstepError):
    """A rubric, problem or label file is broken; the message names file, line, key and what was expected."""

    exit_code = 7
    code = "content"


class TranscriptError(FourstepError):
    """A transcript cannot be read as one."""

    exit_code = 1
    code = "transcript"


class StorageError(FourstepError):
    """The disk refused: full, read-only, or not permitted."""

    exit_code = 1
    code = "storage"


class NotFoundError(FourstepError):
    """No interview, problem or file by that name."""

    exit_code = 9
    code = "not_found"


class LockedError(FourstepError):
    """Another process writes this transcript."""

    exit_code = 9
    code = "locked"
