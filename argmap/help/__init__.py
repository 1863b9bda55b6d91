"""The pages of help: a Markdown file for each topic, shown by `argmap help TOPIC`.

A file here is a topic; no second place lists it. Its first line is the title, its first
paragraph the summary. The command line imports this room, and no other room does.
"""
