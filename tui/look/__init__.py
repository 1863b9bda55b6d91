"""How things look in the cells of a terminal: signs, keys, grades in words. No widgets."""
