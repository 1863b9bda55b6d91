"""Find the passage of a text that a quote means, or say why there is none.

`anchoring` finds a quote, and `near_quotes` decides about one that nearly fits. It is built on
`text` and `model` alone; imports, scripts and the workbench use it.
"""
