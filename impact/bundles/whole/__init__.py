"""A problem bundle, and a plan, each as one JSON document: the same content as their files.

Read `documents` for what stands in it, `packing` for the way to the files and back.
"""
