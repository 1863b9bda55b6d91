"""Web pages: the article without what stands round it, by trafilatura."""
