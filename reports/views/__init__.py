"""Pages of the reports: the first pages of principal and office, the term summary, its schedule."""
