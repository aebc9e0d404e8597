"""What a coordinator asks for: programmes, read from a document; a plan answers one.

Read `reading`: the document and what is refused in it. The rules are words until the engine takes them up.
"""
