"""The lists of the pages about sign-up, agreements, collectors and care groups."""
