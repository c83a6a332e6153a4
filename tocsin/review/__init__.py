"""What becomes of a change: decided, commented, assigned, signed; and when a decision no longer stands."""
