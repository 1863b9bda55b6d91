"""All actions together: the registry, the lists of keys, the palette, jump mode."""
