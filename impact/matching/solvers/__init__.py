"""Solvers: a linear program in, an answer out; the only place that knows OR-Tools, and it knows no rule."""
