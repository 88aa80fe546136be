"""Approved documents: the manifest that names them, the readers, the door they pass, and the passages they become."""
