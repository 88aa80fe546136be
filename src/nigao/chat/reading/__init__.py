"""What people type becomes a command, by rules alone: the same words are always read the same way, with no model."""

from nigao.chat.reading.reading import read
from nigao.chat.reading.scene import Reading, Scene

__all__ = ["Reading", "Scene", "read"]
