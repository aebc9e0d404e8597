"""What partners' lists say: listings, the imports that changed them, and how each names its columns."""
