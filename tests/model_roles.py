"""A model that plays its roles well: says the words it is given, sees nothing, judges with quotes that stand."""

import json
import re
from typing import Any

COUNTED = "one two three four five six seven eight nine ten eleven twelve"
"""What the doctor asks for, to see it arrive word by word."""
CHECKED = {"quote": "I would train on four weeks and test on the fifth", "verdict": "yes"}
"""What it wants to hear of a short answer."""


def well_played(request: dict[str, Any]) -> str:
    """What is asked for by the form of its reply: judgements, an observation, the interviewer's words, or a check."""
    form = form_of(request)
    if form == "judgements":
        return judgements(request)
    if form == "judgement":
        return json.dumps(CHECKED)
    return '{"seen": []}' if form else prepared_words(request)


def form_of(request: dict[str, Any]) -> str | None:
    """The name of the form that a reply has to have; None for the interviewer's words."""
    name = (request.get("response_format") or {}).get("json_schema", {}).get("name")
    return str(name) if name else None


def prepared_words(request: dict[str, Any]) -> str:
    """The director's own words for the move; where there is none, the doctor asks."""
    words = re.findall(r"^words: (.*)$", request["messages"][-1]["content"], re.M)
    return str(words[-1]) if words else COUNTED


def criteria_asked(request: dict[str, Any]) -> list[dict[str, Any]]:
    """The criteria that a grader is asked about; none where it is asked for contradictions."""
    text = request["messages"][1]["content"]
    if "\n[\n" not in text:
        return []
    criteria, _ = json.JSONDecoder().raw_decode(text, text.rindex("\n[\n") + 1)
    return list(criteria)


def judgements(request: dict[str, Any]) -> str:
    """Every check partly met, by the first long answer's first words."""
    text = request["messages"][1]["content"]
    turns = [json.loads(line) for line in text.splitlines() if line.startswith('{"turn"')]
    turn = next(turn for turn in turns if turn["turn"].startswith("C") and len(turn["text"]) > 40)
    quote = {"turn": turn["turn"], "quote": " ".join(turn["text"].split()[:8])}
    return json.dumps({"judgements": [_judgement(criterion, quote) for criterion in criteria_asked(request)]})


def _judgement(criterion: dict[str, Any], quote: dict[str, str]) -> dict[str, Any]:
    return {
        "criterion": criterion["criterion"],
        "evidence": [quote],
        "counter_evidence": [],
        "checks": [{"check": check["check"], "met": "partial"} for check in criterion["checks"]],
        "raised_by": "candidate",
        "why_not_higher": "It was touched and not explained.",
        "level": "mentioned",
        "confidence": "high",
    }
