"""One change as a file that a stranger checks with Python alone: what was fetched, what was read and found, whom it was told, what they decided."""
