"""What takes long: done by workers, each job in a process of its own, each once, through any power cut.

Read `queue` for how a job is asked for, `kind` for what kinds there are and `asked` for what they are asked.
"""
