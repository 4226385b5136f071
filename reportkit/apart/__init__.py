"""What is done in a process of its own: reading a file with hard limits, and a Python that takes nothing from where it runs.

``read_apart`` is :func:`reportkit.read` in a child process.  A file that makes a C library fall over, or that takes all
time and memory, costs the child and one sentence.
"""
