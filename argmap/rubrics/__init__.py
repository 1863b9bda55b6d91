"""The rubrics that argmap ships, one TOML file each, and those of other packages.

`records` reads them; all packages that rate, grade or store ratings may import this one.
"""

from .catalogue import LoadedRubrics, load_rubrics, plugin_rubrics, shipped_rubrics

__all__ = ["LoadedRubrics", "load_rubrics", "plugin_rubrics", "shipped_rubrics"]
