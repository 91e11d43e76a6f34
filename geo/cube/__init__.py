"""Counts of millions of events, in cells of a map, hours and kinds.

``python -m geo cube`` makes a folder of a few files that a map can play
however many events there were (docs/cube.md says what is in it). Rows are read
in blocks, which the two engines share; what they do differently is to count
them: DuckDB in one process, Dask on a cluster.

    sources   which files, and the blocks they are read in
    rows      one block: from its cells to numbers, or a reason
    clock, positions, tiles   the arithmetic of that
    partial   counts of some blocks, and their sum
    duck, cluster   the engines
    folder    the files that are written

Nothing here is imported before the command runs: DuckDB and Dask take longer
to start than all the other commands.
"""
