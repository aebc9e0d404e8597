"""What a plan is judged by: why it gives what to whom, what changed against another, and who is affected.

Read `explaining` for why, `answers` for what only solving again can tell, then `comparing` and `affected`.
"""
