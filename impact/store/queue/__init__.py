"""What runs long: jobs, who does them under which lease, their files, and what they all came to."""
