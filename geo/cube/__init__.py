"""Counts of millions of events, in cells of a map, hours and kinds.

``python -m geo cube`` makes a folder of a few files that a map can play
however many events there were (docs/cube.md says what is in it). Rows are read
in blocks, which the two engines share; what they do differently is to count
them: DuckDB in one process, Dask on a cluster.

    command             what the command does, from one end to the other
    sources             which files, and the blocks they are read in
    csv_blocks, parquet     the cells of a block
    rows                from cells to numbers, or to a reason
    moments, clock, positions, tiles, kinds     the arithmetic of that
    partial             counts of some blocks, and their sum
    duck, cluster       the engines
    folder              the files that are written

Nothing here is imported before the command runs: DuckDB and Dask take longer
to start than all the other commands.
"""
