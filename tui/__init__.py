"""The workbench: Textual screens over the store and the verbs of argmap.

`shell` is above all rooms, `core` below the screens, and `look` below all. A room between has
everything of one feature: its screen, its actions and its widgets. A key press becomes an
`Action`, an action works on the `Workspace` of `core`, and its requests go up to a `Host`.
The command line starts the shell. Nothing else imports this package.
"""
