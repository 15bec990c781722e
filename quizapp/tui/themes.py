"""The dark and the light theme. Each tone has one variable; ``app.tcss`` maps tones to them."""

from textual.theme import Theme

DARK = Theme(
    name="dark",
    primary="#82aaff",
    secondary="#7fd1c7",
    accent="#82aaff",
    warning="#e8b36b",
    error="#e8b36b",
    success="#93d19b",
    foreground="#cdd3de",
    background="#14171c",
    surface="#1a1e25",
    panel="#20252e",
    dark=True,
    variables={
        "tone-bright": "#ffffff",
        "tone-dim": "#8e97a6",
        "tone-faint": "#3f4754",
        "tone-formula": "#a9d1ff",
        "tone-code": "#dfc08c",
        "tone-right": "#93d19b",
        "tone-wrong": "#e8b36b",
        "tone-key": "#82aaff",
        "tone-chosen-background": "#26303f",
        "input-cursor-background": "#82aaff",
        "input-cursor-foreground": "#14171c",
        "input-selection-background": "#5c4a2c",
        "block-cursor-background": "#26303f",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
    },
)

LIGHT = Theme(
    name="light",
    primary="#2456c4",
    secondary="#0f766e",
    accent="#2456c4",
    warning="#9a5b00",
    error="#9a5b00",
    success="#1f7a3f",
    foreground="#2b313b",
    background="#fcfbf8",
    surface="#f4f2ed",
    panel="#ebe8e1",
    dark=False,
    variables={
        "tone-bright": "#000000",
        "tone-dim": "#646b77",
        "tone-faint": "#c4c1b8",
        "tone-formula": "#174a9c",
        "tone-code": "#7a4a12",
        "tone-right": "#1f7a3f",
        "tone-wrong": "#9a5b00",
        "tone-key": "#2456c4",
        "tone-chosen-background": "#e3e9f6",
        "input-cursor-background": "#2456c4",
        "input-cursor-foreground": "#fcfbf8",
        "input-selection-background": "#f0d9ae",
        "block-cursor-background": "#e3e9f6",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
    },
)

THEMES = (DARK, LIGHT)
