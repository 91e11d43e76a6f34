"""Counted events: a cube of counts by cell, hour and kind, as the same map.

`geo.cube` makes such a folder; here it is read, checked and shown.
"""

from geo.timemap.cube.element import render_cube_page
from geo.timemap.cube.reading import Cube, CubeError, Level, read_cube

__all__ = ["Cube", "CubeError", "Level", "read_cube", "render_cube_page"]
