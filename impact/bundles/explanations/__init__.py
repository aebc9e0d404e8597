"""Explanations and alternatives as documents: read `explanation` for one, `choice` for the other."""
