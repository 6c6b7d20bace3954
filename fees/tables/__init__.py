"""The lists of the pages about money."""
