"""All papers of all lists: merged, named, and kept in a cache that can be made again."""
