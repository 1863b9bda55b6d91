"""Small questions over a screen; escape always leaves them without an answer."""
