"""The HTTP side: REST, the OpenAI protocol, MCP and the web page, over one assistant."""
