"""Measures this map beside what people use today, in one run of one browser."""
