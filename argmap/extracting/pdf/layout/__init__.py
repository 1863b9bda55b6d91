"""Letters at places on a page become words, lines, columns and paragraphs, whatever read them."""
