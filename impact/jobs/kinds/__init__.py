"""What is done for each kind of job, a module a kind: ``run(desk, asked)`` does it and hands in a `Done`.

A kind changes nothing itself: what is to be kept, `Done.keep` keeps in the transaction that ends the job.
"""
