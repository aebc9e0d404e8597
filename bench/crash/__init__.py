"""What is left after ``kill -9``: jobs are asked for while the service is killed; all has to be true then.

Read `__main__` for the story, `tree` for what is killed, `work` for what is asked, `truth` for what has to
hold.
"""
