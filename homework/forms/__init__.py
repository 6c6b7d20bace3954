"""Forms of the homework app."""
