"""Rating: a round through claims and criteria, on a sheet or on the heat map.

`round` is what is asked now and next, `sheet` and `heat` are the two screens that show it. The
shell alone imports it.
"""
