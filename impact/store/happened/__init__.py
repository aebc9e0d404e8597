"""What happened after a plan was published: what was delivered, and what people did.

Rows are added once by their id, and never changed or taken away.
"""
