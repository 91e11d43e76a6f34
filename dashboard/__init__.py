"""The Streamlit dashboard: pages, the map's bridge, and what a link holds.

The only package besides app.py that knows Streamlit; `geo` never imports it.
"""
