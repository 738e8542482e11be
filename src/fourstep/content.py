"""What all content models share: strict, frozen, and closed to unknown keys."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from fourstep.language.phrases import PhraseError, check_phrase


class Content(BaseModel):
    """A piece of a rubric or a problem; a value that is not of its type is an error, never converted."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)


Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
"""A name used in files and reports: lower case, digits and underscores."""

Text = Annotated[str, Field(min_length=1, max_length=4000)]
"""Prose that a person reads."""


def _readable(phrase: str) -> str:
    try:
        check_phrase(phrase)
    except PhraseError as error:
        raise ValueError(str(error)) from error
    return phrase


Phrase = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_readable)]
"""Words to look for; `fourstep.language.phrases` explains the notation."""
