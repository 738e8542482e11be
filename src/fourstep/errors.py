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


class ModelError(FourstepError):
    """A language model could not do what was asked of it; the subclasses say on whose side that lies."""

    code = "model"


class ConfigurationError(ModelError):
    """The key is missing or refused, the model unknown, its context too small, or a package is not installed."""

    exit_code = 3
    code = "configuration"


class UnreachableError(ModelError):
    """The server does not answer, not in time, or not yet."""

    exit_code = 4
    code = "unreachable"


class RefusedError(ModelError):
    """The server answered and will not: too many requests, no credit, or a rule on content."""

    exit_code = 5
    code = "refused"


class ReplyError(ModelError):
    """An answer came and cannot be used: empty, cut off, or not what was asked for."""

    code = "reply"
