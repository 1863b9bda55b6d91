"""The rubrics that argmap ships, one TOML file each, and those of other packages.

`records` reads them; whoever rates, grades or stores ratings may import this room.
"""

from .catalogue import LoadedRubrics, load_rubrics, plugin_rubrics, shipped_rubrics

__all__ = ["LoadedRubrics", "load_rubrics", "plugin_rubrics", "shipped_rubrics"]
