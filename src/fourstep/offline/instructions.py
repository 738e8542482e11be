"""Words in an answer that speak to the grader instead of the interviewer: they earn nothing and are flagged."""

import re

_GRADER = r"(?:grader|scorer|evaluator|assessor)s?"
_TOP_MARKS = r"level\s*[23]|[23]\s*/\s*3|(?:full|top|maximum) (?:marks|credit|score)|highest|exceptional|strong hire"
_TO_THE_GRADER = re.compile(
    "|".join(
        (
            r"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:previous|prior|above|earlier|all|your)\b.{0,30}"
            r"\b(?:instructions?|rubric|prompt|criteria|rules)",
            rf"\b(?:note|message|memo|instructions?)\s+(?:to|for)\s+(?:the\s+|any\s+|all\s+)?(?:\w+\s+)?{_GRADER}\b",
            rf"\b{_GRADER}\b.{{0,40}}\b(?:must|should|shall|please|are to|is to)\b",
            rf"\b(?:score|grade|rate|mark|award|assign|give)\b.{{0,40}}\b(?:{_TOP_MARKS})",
            r"\b(?:verdict|overall|recommendation|final score)\s*[:=]\s*(?:strong\s+)?"
            r"(?:hire|pass|[23]\s*/\s*3|exceptional)",
            r"^\s*[\[<({#/*]*\s*(?:system|assistant|grader|assessment|scoring|evaluation)\s+"
            r"(?:message|prompt|note|override|summary|result)",
            r"^\s*(?:\[|<|<<)\s*/?(?:system|inst|assistant|grader)\b",
            r"^\s*>\s*\**(?:interviewer|grader|system)\**\s*:",
            r"[23]\s*/\s*3\b.*\b[23]\s*/\s*3\b",
            r"\ball criteria\b.{0,60}\b(?:level|met|3|satisfied|fulfilled)",
            r"\b(?:end|start|begin) of (?:transcript|interview|rubric|evaluation)\b",
        )
    ),
    re.IGNORECASE,
)


def instructions_in(text: str) -> list[str]:
    """The paragraphs of an answer that address the grader, verbatim."""
    return [block for block in paragraphs(text) if _speaks_to_grader(block)]


def without_instructions(text: str) -> str:
    """The answer with such paragraphs blanked out, offsets kept."""
    cleaned = text
    for block in instructions_in(text):
        cleaned = cleaned.replace(block, re.sub(r"[^\n]", " ", block))
    return cleaned


def paragraphs(text: str) -> list[str]:
    """Blocks between empty lines, without white space at their ends."""
    return [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]


def _speaks_to_grader(block: str) -> bool:
    return any(_TO_THE_GRADER.search(line) for line in block.split("\n"))
