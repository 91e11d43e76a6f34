"""What is compared: one module a subject, a Streamlit page as its users write it.

Each module is the page itself when Streamlit runs it, and is never imported
by the measuring side: `bench.subjects` names them.
"""
