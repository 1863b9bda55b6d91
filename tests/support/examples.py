"""How many examples a property gets that needs fewer or more than the profile says.

Most properties take the number of the profile (`tests/conftest.py`) and need nothing from here.
"""

from __future__ import annotations

from typing import Final

from hypothesis import settings

_PROFILE: Final = settings().max_examples

FEW: Final = settings(max_examples=max(5, _PROFILE // 4))
"""For a property whose examples each write databases or take more than a tenth of a second."""

MANY: Final = settings(max_examples=10 * _PROFILE)
"""For a property whose examples take about a millisecond, and whose faults are rare."""
