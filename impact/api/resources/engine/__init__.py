"""The engine for whoever has their own scores: a bundle in, an answer out, nothing kept but the job.

Read `asking` for how an answer is waited for, then `inquiries`.
"""

from impact.api.resources.engine.inquiries import operations

__all__ = ["operations"]
