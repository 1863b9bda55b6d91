"""The app above all rooms: screens, settings, colours, keys and the tour.

The command line starts it, and no room imports it.
"""
