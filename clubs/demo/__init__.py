"""Clubs of the demonstration school."""
