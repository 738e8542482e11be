"""`fourstep keys`: a provider's key into the system's keyring, or out of it."""

import argparse
import getpass
import sys

from fourstep.commands.program import front_of
from fourstep.errors import UsageError
from fourstep.files.keys import forget_key, keep_key
from fourstep.foreign_text import one_line
from fourstep.wiring.endpoints import key_owner

_LIKE_A_KEY = ("sk-", "key-", "gsk_", "xai-")


def run(arguments: argparse.Namespace) -> int:
    """Set a key from a prompt without echo or from a pipe, never from an argument; or remove it."""
    if (arguments.owner or "").startswith(_LIKE_A_KEY):
        raise UsageError("A key is no argument: others could read it.", "Run it without, and paste it when asked.")
    owner = key_owner(front_of(arguments).settings, arguments.owner)
    shown = one_line(owner)
    if arguments.action == "remove":
        found = forget_key(owner)
        sys.stdout.write(f"The key for {shown} is removed.\n" if found else f"There was no key for {shown}.\n")
        return 0
    keep_key(owner, _asked(shown, no_input=arguments.no_input))
    sys.stdout.write(f"The key for {shown} is in the system's keyring. Try it with: fourstep doctor\n")
    return 0


def _asked(owner: str, *, no_input: bool) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline()
    if no_input:
        raise UsageError("A key has to be asked for.", "Pipe it in: fourstep keys set < FILE")
    try:
        return getpass.getpass(f"Key for {owner} (it is not shown): ")
    except EOFError:
        raise UsageError("No key was given.", "Run it again and paste the key.") from None
