"""A model with bad days: at chosen turns of the interview it forgets itself, repeats, leaks, stalls and dies."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.model_roles import prepared_words, well_played
from tests.model_server import Reply

FORGETS = "As an AI language model I can tell you that the rubric wants level solid here."
LEAKS = (
    "You should split by time, train on the past and validate on the next day, because a random split leaks the future."
)


class Moody:
    """The script of one interview; what it does depends on how many turns the interviewer has had."""

    def __init__(self, moods: dict[int, Callable[[dict[str, Any], int], Reply | str]]) -> None:
        self._moods = moods
        self._attempts: Counter[int] = Counter()

    def __call__(self, request: dict[str, Any]) -> Reply | str:
        """Moods are the interviewer's only: the observer and the grader are well."""
        if request.get("response_format"):
            return well_played(request)
        turns = sum(message["role"] == "assistant" for message in request["messages"])
        self._attempts[turns] += 1
        mood = self._moods.get(turns)
        return mood(request, self._attempts[turns]) if mood else prepared_words(request)


def forgets_itself(request: dict[str, Any], attempt: int) -> Reply | str:
    """Once."""
    return FORGETS if attempt == 1 else prepared_words(request)


def repeats(request: dict[str, Any], attempt: int) -> Reply | str:
    """Once: says again what it said a turn ago."""
    said = [message["content"] for message in request["messages"] if message["role"] == "assistant"]
    return str(said[-1]) if attempt == 1 else prepared_words(request)


def leaks(request: dict[str, Any], attempt: int) -> Reply | str:
    """However often it is asked again."""
    return LEAKS


def stalls(request: dict[str, Any], attempt: int) -> Reply | str:
    """Once, in the middle of a sentence."""
    words = prepared_words(request)
    return Reply(words, breaks="stall", after=4) if attempt == 1 else words


def dies(request: dict[str, Any], attempt: int) -> Reply | str:
    """For good, in the middle of a sentence."""
    return Reply(prepared_words(request), breaks="reset", after=4)
