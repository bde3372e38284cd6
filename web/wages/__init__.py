"""Wage tables 工资表: pasted or uploaded, read cell by cell, previewed, then taken whole."""
