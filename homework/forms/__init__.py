"""Forms of the homework app, by what they are about."""
