"""What families and the office type in."""
