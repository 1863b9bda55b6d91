"""Formats of files: their interface, how they are found, and syntax shared by reader and writer.

A format in another package imports everything it needs from here. `imports`, `exports`,
`extracting` and code that chooses among them may import it; it finds them by walking
their packages.
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
