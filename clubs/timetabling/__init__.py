"""The timetable of clubs: what is known (facts), what clashes (checking), what is best (solving), in words (wording)."""
