"""What a program that runs for years says of itself: its log, its heartbeat, its figures, and how its captures age."""
