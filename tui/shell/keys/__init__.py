"""All actions together: the registry, lists of keys, the palette, jump mode.

The app and the list of keys in the README are made from it.
"""
