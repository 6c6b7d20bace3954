"""The lists of the clubs' pages."""
