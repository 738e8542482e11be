"""The conversation: a page that follows what is said, and tells when there is more below."""

from datetime import datetime

from textual import on

from fourstep.interview.state import State
from fourstep.tui.turns import passage, passages
from fourstep.tui.widgets.page import Page


class Conversation(Page):
    """What was said, and what is being said."""

    def __init__(self) -> None:
        super().__init__(id="conversation", follows=True)
        self.add_class("box")
        self.border_title = "Conversation"
        self._began: datetime | None = None
        """When the words that are being said began; None while nobody speaks."""

    def show_state(self, state: State, titles: dict[str, str]) -> None:
        """Everything that stands, by the log; `titles` are those of the steps."""
        self._began = None
        self.show(passages(state, titles))

    def add_answer(self, text: str) -> None:
        """The candidate's answer, at the end; whoever sends one wants to see the reply."""
        self._began = None
        self.add(passage("candidate", text, datetime.now().astimezone()))
        self.action_to_end()

    def say(self, text: str) -> None:
        """The interviewer's words so far."""
        if self._began is None:
            self._began = datetime.now().astimezone()
            self.add(passage("interviewer", text, self._began, "(typing)"))
        else:
            self.change_last(passage("interviewer", text, self._began, "(typing)"))

    def finish(self, text: str, aside: str = "") -> None:
        """The interviewer's words as they stand now; nothing where nothing was said."""
        if self._began is not None:
            self.change_last(passage("interviewer", text, self._began, aside))
            self._began = None

    @on(Page.Moved)
    def _on_moved(self) -> None:
        if self.following:
            self.border_subtitle = ""
        elif self.new_lines:
            lines = "1 new line" if self.new_lines == 1 else f"{self.new_lines} new lines"
            self.border_subtitle = f"v {lines} below · Ctrl+End goes there"
        else:
            self.border_subtitle = "reading back · Ctrl+End goes on"
