"""Where a person's files are, as the platform has it."""

from __future__ import annotations

from pathlib import Path


def data_folder() -> Path:
    """Return the folder of the database."""
    import platformdirs

    return Path(platformdirs.user_data_dir("argmap", appauthor=False))


def config_folder() -> Path:
    """Return the folder of the settings and of the user's themes."""
    import platformdirs

    return Path(platformdirs.user_config_dir("argmap", appauthor=False))


def config_file() -> Path:
    """Return the file of the settings, whether it is there or not."""
    return config_folder() / "config.toml"


def rubrics_folder() -> Path:
    """Return the folder of the user's rubrics, one TOML file each."""
    return config_folder() / "rubrics"


def state_folder() -> Path:
    """Return the folder in which it is kept what was on the screen."""
    import platformdirs

    return Path(platformdirs.user_state_dir("argmap", appauthor=False))
