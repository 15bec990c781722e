"""What a person can set, as one frozen value. Where it is kept is the store's business."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from quizapp.errors import UnknownName, UsageProblem
from quizapp.text import Display


@dataclass(frozen=True, slots=True)
class Options:
    """What a person can set about scheduling."""

    parameters: tuple[float, ...] = ()
    desired_retention: float = 0.9
    learning_steps: tuple[int, ...] = (60, 600)
    relearning_steps: tuple[int, ...] = (600,)
    maximum_interval: int = 36500
    fuzz: bool = True
    rollover_hour: int = 4
    new_per_day: int = 10
    reviews_per_day: int = 200
    leech_threshold: int = 8
    easy_when_right: bool = False
    load_balance: bool = False
    exam_date: date | None = None


@dataclass(frozen=True, slots=True)
class Settings(Options):
    """Everything a person can set: scheduling, and how the application looks."""

    language: Display = "en"
    theme: str = "dark"
    load_balance: bool = True


def _flag(text: str) -> bool:
    words = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
    return words[text.strip().lower()]


def _integer(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise ValueError
        return value

    return read


def _retention(text: str) -> float:
    value = float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    if not 0.7 <= value <= 0.99:
        raise ValueError
    return value


def _steps(text: str) -> tuple[int, ...]:
    units = {"s": 1, "m": 60, "h": 3600, "d": 86400}
    seconds = tuple(round(float(part[:-1]) * units[part[-1].lower()]) for part in text.split())
    if any(step <= 0 for step in seconds):
        raise ValueError
    return seconds


def _one_of(*names: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in names:
            raise ValueError
        return text

    return read


def _date(text: str) -> date | None:
    return None if text.strip().lower() in {"", "none"} else date.fromisoformat(text.strip())


READERS: Mapping[str, tuple[Callable[[str], Any], str]] = {
    "language": (_one_of("en", "zh", "both"), "en, zh or both"),
    "theme": (_one_of("dark", "light"), "dark or light"),
    "desired_retention": (_retention, "a share from 0.70 to 0.99, such as 0.9 or 90%"),
    "learning_steps": (_steps, 'delays such as "1m 10m"; empty for none'),
    "relearning_steps": (_steps, 'delays such as "10m"; empty for none'),
    "maximum_interval": (_integer(1, 36500), "days from 1 to 36500"),
    "fuzz": (_flag, "on or off"),
    "rollover_hour": (_integer(0, 23), "an hour from 0 to 23"),
    "new_per_day": (_integer(0, 9999), "a number from 0 to 9999"),
    "reviews_per_day": (_integer(0, 9999), "a number from 0 to 9999"),
    "leech_threshold": (_integer(0, 99), "a number of lapses; 0 switches the warning off"),
    "easy_when_right": (_flag, "on or off"),
    "load_balance": (_flag, "on or off"),
    "exam_date": (_date, "a date such as 2027-06-01, or none"),
}
"""How each setting is read from text, and what it may be: one table for the command, the screen and the store."""


def to_text(settings: Settings, name: str) -> str:
    """Return a setting the way a person would type it."""
    value = getattr(settings, name)
    if name.endswith("_steps"):
        return " ".join(f"{step // 60}m" if step % 60 == 0 else f"{step}s" for step in value)
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)


def changed(settings: Settings, name: str, text: str) -> Settings:
    """Return the settings with one of them changed.

    Raises
    ------
    UsageProblem
        That says what the setting may be; ``UnknownName`` with the nearest names.
    """
    key = name.replace("-", "_")
    if key not in READERS:
        raise UnknownName("setting", name, (known.replace("_", "-") for known in READERS))
    read, allowed = READERS[key]
    try:
        value = read(text)
    except (ValueError, KeyError, IndexError) as error:
        raise UsageProblem(f"{text!r} is no value for {name}.", f"It must be {allowed}.") from error
    return replace(settings, **{key: value})


def load(stored: Mapping[str, str], language: Display = "en") -> Settings:
    """Return the settings kept as texts; one that can't be read any more falls back to its default."""
    settings = Settings(language=language)
    for name, text in stored.items():
        try:
            settings = changed(settings, name, text)
        except UsageProblem:
            continue
    return settings


def dump(settings: Settings) -> dict[str, str]:
    """Return all settings as texts."""
    return {name: to_text(settings, name) for name in READERS}


def system_language() -> Display:
    """Return the language that the system's locale suggests."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
