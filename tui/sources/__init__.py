"""The sources of the whole database: found, judged, edited, merged."""
