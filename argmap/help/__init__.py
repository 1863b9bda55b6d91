"""The pages of help: a Markdown file for each topic, shown by `argmap help TOPIC`.

Each file in this folder is a topic; they are listed nowhere else. Its first line is the title,
its first paragraph the summary. Only the command line imports this package.
"""
