"""Part of the reader of lists."""
