"""The workbench: Textual screens over the store and the verbs of argmap.

`shell` is above all rooms and `look` and `commands` are below all; between them a room has
everything of one feature: its screen, its actions and what it draws. A key press becomes an
`Action`, an action works on the `Workspace` of `core`, and its wishes go up to a `Host`.
The command line starts the shell. Nothing else imports this package.
"""
