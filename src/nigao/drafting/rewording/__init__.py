"""A model words what the composer has laid out: tasks → ask → judge ⇄ mend → settle, item by item, side by side.

The composer decides what is said, on which evidence and in which order (docs/adr/0005); the model says it. Whatever
does not pass the checks gives way to the composer's own sentence.
"""
