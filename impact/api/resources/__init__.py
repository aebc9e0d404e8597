"""The addresses, one module a resource; each yields its operations."""
