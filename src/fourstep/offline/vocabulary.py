"""The concepts to look for in one interview: the rubric's, and those made of its problem's own words."""

from collections.abc import Mapping

from fourstep.language.words import stem, tokens
from fourstep.problem import Problem
from fourstep.rubric import Rubric

ENTITY = "@entity"
FEATURE = "@feature"
POSITIVE = "@positive"
SOURCE = "@source"
OUTCOME = "@outcome"
STATEMENT = "@statement"
QUESTION = "@question"

_FEATURES_OF = {role: f"@{role}_feature" for role in ("user", "item", "context", "pair")}

PROBLEM_CONCEPTS = (ENTITY, FEATURE, POSITIVE, SOURCE, OUTCOME, STATEMENT, *_FEATURES_OF.values())
"""Made of the problem's vocabulary, or of the rubric's general words where there is no problem file."""

READ_OFF_THE_TEXT = (
    QUESTION,
    "@number",
    "@quantity",
    "@told_number",
    "@arithmetic",
    "@specific",
    "@topic",
)
"""Found by `fourstep.offline.reading` without any list of words."""

_GENERAL = {
    ENTITY: "general_entity",
    FEATURE: "general_feature",
    POSITIVE: "general_positive",
    SOURCE: "general_source",
    OUTCOME: "general_outcome",
}
_TOO_COMMON = frozenset(
    (
        "design system build want would like people person user users model data machine learning start begin please "
        "first thing something minutes forty five today welcome thanks interview question questions show shows make "
        "know need about which what when where with from have that this they them their there here your ours because "
        "before after while should could everything somebody someone really think going into then than just sort kind "
        "hello meet nice good great time talk tell take each every other push interrupt problem case let's i'll we'll "
        "we'd"
    ).split()
)


def concept_groups(rubric: Rubric, problem: Problem | None, opening: str) -> Mapping[str, tuple[str, ...]]:
    """Every concept by name; `opening` is what the interviewer said first, the only clue without a problem file."""
    groups = dict(rubric.all_concepts())
    for name, general in _GENERAL.items():
        groups[name] = groups.get(general, ())
    if problem:
        words = problem.vocabulary
        groups[ENTITY] = tuple(name for entity in words.entities.values() for name in entity.called)
        own = tuple(feature for entity in words.entities.values() for feature in entity.features)
        groups[FEATURE] = own + groups[FEATURE]
        groups[POSITIVE] = words.positives + words.negatives
        groups[SOURCE] = words.sources + groups[SOURCE]
        groups[OUTCOME] = words.outcomes + groups[OUTCOME]
    for role, name in _FEATURES_OF.items():
        groups[name] = groups.get(name.replace("@", "general_"), ()) + tuple(
            feature
            for entity in (problem.vocabulary.entities.values() if problem else ())
            if entity.role == role
            for feature in entity.features
        )
    groups[STATEMENT] = _content_words(f"{problem.statement if problem else ''} {opening}")
    return groups


def _content_words(text: str) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for token in tokens(text):
        if token.kind == "word" and len(token.word) > 3 and token.word not in _TOO_COMMON:
            seen.setdefault(stem(token.word), token.word)
    return tuple(f"~{word}" for word in seen.values())
