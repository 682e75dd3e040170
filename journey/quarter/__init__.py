"""The quarter: frozen whole, compared with another, and planned.

Nothing here imports numpy at the module level: what needs it imports it when it is called.
"""
