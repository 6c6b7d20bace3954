"""What runs the application on one machine, for trying, testing and measuring.

Only Python's standard library until the virtual environment is there, and small afterwards: the processes that
watch over the office stay in memory beside it.
"""
