"""The least a Streamlit page can be: what every page pays before its own work."""

import streamlit as st

st.text("empty")
