"""Puts one defect at a time into clean reports and counts which ones the checker finds, and what else it then says.

Run `python -m benchmarks.mutations` in the project's folder.
"""
