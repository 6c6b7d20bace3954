"""Pages of the enrolment: for families, for those who review, for the office."""
