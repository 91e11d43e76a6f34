"""The map element: a folium map with a timeline, a list and cards.

The same element serves the dashboard, a notebook and one self-contained
HTML file. Python renders every word of it; the scripts beside this module
only show, hide, sort, draw and highlight.
"""

from geo.timemap.cube import render_cube_page
from geo.timemap.element import TimeMap, render_page, time_map

__all__ = ["TimeMap", "render_cube_page", "render_page", "time_map"]
