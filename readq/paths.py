"""Where readq keeps things.

Data, config and cache are the platform's usual folders; `READQ_HOME` or ``--home`` puts all three
under one folder instead. Nothing is created here: who writes, makes the folder.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple


class Paths(NamedTuple):
    """The folders of one user (or of one ``--home``)."""

    data: Path
    """The library file, and the kept copies of subscribed lists: not a cache."""
    config: Path
    """`config.toml`."""
    cache: Path
    """Whatever can be made again."""

    @property
    def library_file(self) -> Path:
        """The TinyDB file with everything that the user did."""
        return self.data / "library.json"

    @property
    def kept_lists(self) -> Path:
        """The folder with a copy of every list that was ever subscribed to."""
        return self.data / "lists"

    @property
    def config_file(self) -> Path:
        """The user's settings."""
        return self.config / "config.toml"


def user_paths(home: str | os.PathLike[str] | None = None) -> Paths:
    """The folders to use: `home` if given, else `READQ_HOME`, else the platform's own."""
    if root := home or os.environ.get("READQ_HOME"):
        folder = Path(root).expanduser().absolute()
        return Paths(data=folder, config=folder, cache=folder / "cache")
    import platformdirs

    dirs = platformdirs.PlatformDirs("readq", appauthor=False)
    return Paths(
        data=Path(dirs.user_data_dir),
        config=Path(dirs.user_config_dir),
        cache=Path(dirs.user_cache_dir),
    )


def seeds_folder() -> Path:
    """The lists that readq ships with: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "seeds"
    return installed if installed.is_dir() else package.parent / "seeds"
