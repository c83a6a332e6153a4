"""What a regulation is, and everything ever seen of it. Imports nothing of ours."""
