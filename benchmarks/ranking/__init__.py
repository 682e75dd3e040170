"""How much of the value the ranking finds, on simulated journeys whose truth is known."""
