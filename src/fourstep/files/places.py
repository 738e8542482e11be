"""Where things lie: bundled content, a checkout, and the interviews of whoever runs the program."""

from pathlib import Path

from fourstep.settings import Settings


def content_folder(kind: str) -> Path:
    """Where `rubrics`, `prompts` or `examples` lie: inside the installed package first, in the checkout second."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "content" / kind
    if installed.is_dir():
        return installed
    checkout = package.parent.parent
    return checkout / ("transcripts/examples" if kind == "examples" else kind)


def checkout_folder() -> Path | None:
    """The checkout that this program runs from, if it does."""
    root = Path(__file__).resolve().parents[3]
    return root if (root / "pyproject.toml").is_file() and (root / "rubrics").is_dir() else None


def own_problems_folder(settings: Settings) -> Path:
    """Where a user's own problems are kept: beside the interviews."""
    return interviews_folder(settings) / "problems"


def interviews_folder(settings: Settings) -> Path:
    """Where interviews are kept: as set, else a checkout's `transcripts/`, else the system's place for user data."""
    if settings.data_dir:
        return settings.data_dir.expanduser().absolute()
    checkout = checkout_folder()
    if checkout:
        return checkout / "transcripts"
    import platformdirs  # 17 ms that the other two save

    return Path(platformdirs.user_data_dir("fourstep")) / "transcripts"
