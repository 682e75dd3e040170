"""What follows from a ranking: what to do with so many days, what to measure, what to doubt.

All of it is worked out from a `Study` or an `Estimate` of `journey.priority`, whose draws it reads;
nothing here changes a rank. The modules need numpy: import them where they are used, not on the
start-up path.
"""
