"""What can be typed on a line of its own in the answer box: each command with what it does and the action behind it."""

COMMANDS: dict[str, tuple[str, str]] = {
    "hint": ("a nudge, then a direction, then the answer's name; each is noted", "hint"),
    "repeat": ("the question once more", "repeat"),
    "next": ("on to the next step", "next_step"),
    "back": ("take back your last answer", "take_back"),
    "again": ("what was cut off once more", "again"),
    "time": ("show or hide the clock", "clock"),
    "more": ("five minutes more; noted", "more_time"),
    "pad": ("draw on the design pad; F4 goes back", "pad"),
    "edit": ("write in your own editor", "edit"),
    "copy": ("copy the last turn", "copy_turn"),
    "enter-sends": ("let Enter send, or make a new line", "enter_sends"),
    "offline": ("go on without a language model", "offline"),
    "pause": ("stop the clock; the next key lets it run", "pause"),
    "end": ("end the interview and score it", "end"),
    "help": ("the keys that work here", "app.help"),
}
