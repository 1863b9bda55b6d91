"""Tables as an import format: what CSV and TSV share."""
