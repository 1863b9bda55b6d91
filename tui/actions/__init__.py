"""The actions of each context, a table in each module; a screen or a widget binds its own."""
