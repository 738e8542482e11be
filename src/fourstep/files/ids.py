"""What an interview is called: by its id, which is also its folder's name, and in short by its key."""

from datetime import datetime


def new_id(problem: str, at: datetime, token: str) -> str:
    """The id of a new interview: `20261121-video_recommendation-7f3a09`."""
    return f"{at:%Y%m%d}-{problem}-{token}"


def key_of(interview_id: str) -> str:
    """The short name that commands take: the id's last part."""
    return interview_id.rsplit("-", 1)[-1]
