"""Simulation: what a draft would have done to the tickets of the last days; it reads, and writes nothing."""
