"""The rubrics that argmap ships, one TOML file each, and those of other packages.

`records` reads them; whoever rates, grades or stores ratings may import this room.
"""

from .catalogue import Gathered, gathered, plugged_rubrics, shipped_rubrics

__all__ = ["Gathered", "gathered", "plugged_rubrics", "shipped_rubrics"]
