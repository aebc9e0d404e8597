"""What was solved: plans, their allocations, and the inputs they were made from, kept once."""
