"""The two commands of the project and what they stand on.

What starts before the virtual environment exists (`bootstrap`, `demo`, `test`) knows nothing but the standard library.
"""
