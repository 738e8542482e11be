"""How blocks become sections, articles and runs of a page."""

from fourstep.report.document import Block
from fourstep.report.sections import parted_at_turns, sections_of


def test_headings_begin_sections_and_subheadings_articles() -> None:
    lead, scores = sections_of(
        [
            Block("paragraph", "First."),
            Block("heading", "Scores"),
            Block("paragraph", "Of the section."),
            Block("subheading", "Labels", anchor="plans_labels"),
            Block("item", "Says it.", "+"),
        ]
    )
    assert (lead.title, [run.kind for run in lead.runs]) == ("", ["paragraph"])
    assert (scores.title, scores.runs[0].blocks[0].text) == ("Scores", "Of the section.")
    assert [(article.anchor, article.title) for article in scores.articles] == [("plans_labels", "Labels")]


def test_blocks_of_one_kind_are_one_run_and_empty_ones_are_none() -> None:
    (section,) = sections_of(
        [Block("item", "a"), Block("paragraph", ""), Block("item", "b"), Block("quote", "c", "C2")]
    )
    assert [(run.kind, len(run.blocks)) for run in section.runs] == [("item", 2), ("quote", 1)]


def test_what_brings_no_anchor_along_gets_one_of_its_own() -> None:
    sections = sections_of(
        [Block("heading", "A"), Block("subheading", "a"), Block("heading", "A"), Block("subheading", "a")]
    )
    anchors = [one.anchor for section in sections for one in (section, *section.articles)]
    assert len(set(anchors)) == 4
    assert all("-" in anchor for anchor in anchors)


def test_names_of_turns_are_found_as_words_only() -> None:
    assert parted_at_turns("but C8, at I12")[1::2] == ["C8", "I12"]
    assert parted_at_turns("ABC8 C8x PIC2")[1::2] == []
