"""The child process that opens a doubtful Chroma folder, so that a crash is its own: `probe FOLDER COLLECTION`."""

import sys
from pathlib import Path

from nigao.retrieval.dense import try_out

if __name__ == "__main__":
    try_out(Path(sys.argv[1]), sys.argv[2])
