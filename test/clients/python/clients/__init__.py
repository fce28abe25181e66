"""Clients of the doors, each reduced to what its users do with it and written as its own documentation shows it."""
