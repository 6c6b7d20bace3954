"""Forms of the clubs."""
