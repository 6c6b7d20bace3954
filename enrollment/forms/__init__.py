"""Forms of sign-up."""
