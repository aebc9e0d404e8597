"""Commands about partners' files: what is in one, taking it over, undoing that, and what came when."""
