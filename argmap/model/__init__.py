"""The frozen values that make up a map, one or two nouns to a module.

The lowest package: it imports only the errors, and every other package may import it.
"""
