"""Find the passage of a text that a quote means, or say why there is none.

Imports and scripts ask `anchoring`; `near_quotes` decides about quotes that nearly fit. It is
built on `text` and `model` alone.
"""
