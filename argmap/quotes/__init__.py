"""Find the passage of a text that a quote means, or say why there is none."""
