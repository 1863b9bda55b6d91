"""Rating: a round through claims and criteria, on a sheet or on the heat map.

`round` holds the current question and finds the next one; `sheet` and `heat` are the two
screens that show it. The shell alone imports this room.
"""
