"""A transcript to read, in every format."""

from fourstep.report.document import Block, as_markdown_page, as_text
from fourstep.report.html import Report, as_html_page
from fourstep.report.transcript import INFERRED, transcript_blocks
from fourstep.rubric import Rubric
from fourstep.transcript.transcript import Transcript, Turn


def test_the_pad_stands_below_the_answer_it_was_sent_with(rubric: Rubric) -> None:
    transcript = Transcript("t", (Turn(2, "candidate", "As drawn.", pad="| a |  b |\n\n*c*"),))
    blocks = transcript_blocks(transcript, rubric)
    assert as_text(blocks).endswith("C2 Candidate: As drawn.\nThe design pad:\n| a |  b |\n\n*c*\n")
    assert "    *c*" in as_markdown_page(blocks)


def test_a_page_says_that_its_speakers_are_inferred(rubric: Rubric) -> None:
    turns = (Turn(2, "candidate", "Hello."),)
    for inferred in (True, False):
        transcript = Transcript("t", turns, speakers_inferred=inferred)
        page = as_html_page(Report([Block("title", "T")], transcript, rubric))
        assert (INFERRED in page) is inferred
