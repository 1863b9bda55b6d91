"""All actions together: the registry, lists of keys, the palette, jump mode.

The app and the page of keys in the help are made from it.
"""
