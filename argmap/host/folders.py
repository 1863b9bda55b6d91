"""The user's folders, as the platform defines them."""

from __future__ import annotations

from pathlib import Path


def data_folder() -> Path:
    """Return the folder of the default database."""
    import platformdirs

    return Path(platformdirs.user_data_dir("argmap", appauthor=False))


def config_folder() -> Path:
    """Return the folder of the settings and the user's themes."""
    import platformdirs

    return Path(platformdirs.user_config_dir("argmap", appauthor=False))


def config_file() -> Path:
    """Return the path of the settings file, whether it exists or not."""
    return config_folder() / "config.toml"


def rubrics_folder() -> Path:
    """Return the folder of the user's rubrics, one TOML file each."""
    return config_folder() / "rubrics"


def state_folder() -> Path:
    """Return the folder that keeps the state of the screens between sessions."""
    import platformdirs

    return Path(platformdirs.user_state_dir("argmap", appauthor=False))
