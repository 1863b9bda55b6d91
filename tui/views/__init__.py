"""What is worked out from the open map to be drawn: rows, fields, grades, speakers."""
