"""readq: reading lists of papers as one tree, a queue, statuses and notes.

The core is a stack of packages; each may import those below it:

- `readq.model`: plain values: listings, papers, identifiers, records, events, queries.
- `readq.lists`: bytes of a reading list in, listings and diagnostics out.
- `readq.catalogue`, `readq.store`, `readq.services`, `readq.formats`, `readq.desktop`: papers
  merged from many lists; what the user did; the network; exports; browser and clipboard.
- `readq.library`: the one front door; every act of a key or a command is a method there.
- `readq.cli` and `readq.tui`: two front ends that never know each other.
"""

__version__ = "0.1.0"
