"""Keeping what the screens let a person set."""

from dataclasses import replace
from typing import Any

from quizapp.library import Library


def change_settings(library: Library, **changes: Any) -> None:
    """Keep some settings, all others as they are."""
    library.save_settings(replace(library.settings, **changes))
