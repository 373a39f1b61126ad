"""What the user did, on disk. The only package that knows TinyDB."""

from readq.store.edits import Edit, Facts, edits_of
from readq.store.store import Store
from readq.store.view import View

__all__ = ["Edit", "Facts", "Store", "View", "edits_of"]
