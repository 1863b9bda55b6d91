"""Find the passage of a text that a quote refers to, or say why there is none.

`anchoring` finds a quote, and `near_quotes` decides whether a similar passage will do. Built
on `text` and `model` alone; imports, scripts and the workbench use it.
"""
