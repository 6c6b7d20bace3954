"""A believable school for trying things out and for measuring: one term of records, the same every time.

Made through the services and importers wherever their speed allows; the daily records of a term are copied in.
No name is a real person's.
"""
