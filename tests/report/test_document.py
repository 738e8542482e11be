"""A report as Markdown: what is a list ends as one, and nothing is parted by more than one empty line."""

from fourstep.report.document import Block, as_markdown_page

PAGE = (
    Block("title", "A talk"),
    Block("paragraph", "Said."),
    Block("paragraph", ""),
    Block("heading", "Found"),
    Block("item", "One.", "+"),
    Block("item", "Two."),
    Block("paragraph", "After the list."),
    Block("quote", "Words.", "C2"),
    Block("quote", "Others.", "C3 <img src=x>"),
    Block("row", "a  b"),
    Block("row", "c  d"),
)


def test_blocks_are_parted_by_one_empty_line_but_items_and_rows_by_none() -> None:
    assert as_markdown_page(PAGE).splitlines() == [
        "# A talk", "", "Said.", "", "## Found", "", "- `+` One.", "- Two.", "", "After the list.", "",
        "> “Words.” — C2", "", "> “Others.” — C3 \\<img src=x\\>", "", "    a  b", "    c  d",
    ]  # fmt: skip
