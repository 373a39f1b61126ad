"""The user's browser, clipboard and editor."""
