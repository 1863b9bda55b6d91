"""Text as people write and read it: decoded, compared, cut, and shown without being obeyed."""
