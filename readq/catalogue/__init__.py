"""All papers of all lists: merged, named, and kept in a cache that can be made again.

- `identity`, `likeness`, `grouping`: which listings are one paper.
- `derive`, `names`, `merge`: that paper's values and its id.
- `branches`, `headings`, `codec`, `writing`, `database`: the result as an SQLite file.
- `cache`, `listing_codec`, `parsing`, `claims`, `load`: what is kept between two runs.
- `catalogue`: what is asked of it.
"""
