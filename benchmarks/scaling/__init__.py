"""How far one bot goes: what each step costs, measured, and what follows for a million chats.

`python -m benchmarks.scaling` measures on a few thousand chats, simulates a day's digest for
10,000, a million and ten million with what it measured, and prints the tables of docs/scaling.md.
"""
