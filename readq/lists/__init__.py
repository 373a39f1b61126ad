"""Reading lists: bytes in, listings and diagnostics out. No file, clock or network."""
