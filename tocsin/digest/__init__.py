"""The weekly digest: what changed, what was looked at, what is due, who was told, and what nobody has decided yet."""
