"""What the command line prints as JSON and the HTTP API serves: the shapes, and how they are made."""
