"""Colours: dark, light, and two that keep apart without red and green."""

from __future__ import annotations

from textual.theme import Theme

DEFAULT = "readq-dark"

# The hues of the colour-blind ones are Okabe and Ito's (Color Universal Design, 2008).
THEMES = (
    Theme(
        name="readq-dark",
        primary="#7aa2f7",
        secondary="#bb9af7",
        accent="#7dcfff",
        warning="#e0af68",
        error="#f7768e",
        success="#9ece6a",
        foreground="#d5d9e8",
        background="#16171f",
        surface="#1b1d27",
        panel="#262a38",
        dark=True,
    ),
    Theme(
        name="readq-light",
        primary="#2b5fc4",
        secondary="#7847bd",
        accent="#00698f",
        warning="#8f5e15",
        error="#b3203f",
        success="#3f7d20",
        foreground="#24283b",
        background="#fbfbfd",
        surface="#f1f2f7",
        panel="#dfe2ec",
        dark=False,
    ),
    Theme(
        name="readq-colour-blind-dark",
        primary="#56b4e9",
        secondary="#cc79a7",
        accent="#f0e442",
        warning="#e69f00",
        error="#ff8c4c",
        success="#56b4e9",
        foreground="#e6e6e6",
        background="#14161a",
        surface="#1b1e24",
        panel="#2a2f38",
        dark=True,
    ),
    Theme(
        name="readq-colour-blind-light",
        primary="#0072b2",
        secondary="#9c4f7c",
        accent="#00699e",
        warning="#9a5b00",
        error="#b34700",
        success="#0072b2",
        foreground="#202124",
        background="#fcfcfc",
        surface="#f2f3f5",
        panel="#dfe3e8",
        dark=False,
    ),
)
