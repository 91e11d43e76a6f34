"""The domain: events in time and space, with no user interface.

Imports run one way: ``vocab`` and ``folding`` know nobody, ``timeline`` knows
``vocab``, then come ``model``, ``dataset`` and everything else. Nothing in
this package imports Streamlit.
"""
