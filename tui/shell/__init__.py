"""What is above all rooms: the app, which screen each place is, settings, colours, the tour.

The command line starts it, and no room imports it.
"""
