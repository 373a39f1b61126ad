"""What the user did, on disk. The only package that knows TinyDB."""
