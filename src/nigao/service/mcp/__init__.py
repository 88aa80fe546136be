"""The MCP server: at `/mcp` over HTTP, and over standard input and output for an agent on one's own machine."""

from nigao.service.mcp.mounting import mount_mcp

__all__ = ["mount_mcp"]
