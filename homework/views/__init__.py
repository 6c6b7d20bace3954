"""Pages of the homework app."""
