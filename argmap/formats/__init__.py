"""What a format of files is, how one is found, and the forms that reading and writing share.

A format that another package adds imports what it needs from here. `imports`, `exports`,
`extracting` and whoever chooses among them may import it; it finds them by walking their packages.
"""

from .bundle import Bundle
from .registry import (
    ExportFormat,
    Extract,
    ImportFile,
    ImportFormat,
    Located,
    TextFormat,
    export_formats,
    format_named,
    import_formats,
    mapped_formats,
    recognised_format,
    text_formats,
)

__all__ = [
    "Bundle",
    "ExportFormat",
    "Extract",
    "ImportFile",
    "ImportFormat",
    "Located",
    "TextFormat",
    "export_formats",
    "format_named",
    "import_formats",
    "mapped_formats",
    "recognised_format",
    "text_formats",
]
