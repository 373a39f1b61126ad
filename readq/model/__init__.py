"""Plain typed values; the standard library only."""
