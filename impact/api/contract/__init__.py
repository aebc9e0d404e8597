"""The contract of an address: what it takes, gives and refuses; answered by it, and specified from it.

Read `operation` for what a contract says, `serving` for the way of a request, then `specification`.
"""
