"""Read a file that nobody vouches for in a process that may fail, hang or die without harm.

`parent.parse_in_child` is `parse_document` behind that wall. What it holds off: crashes, endless work, memory and
output without end, and one file's influence on the next. It is no jail for code that has taken a process over; it takes
away the environment, the network where the system lets it, and what such code would need to write files or start
programs.
"""
