"""The assistant as one caller may use it: what they may see is found, all else is as if it were not there.

REST, the OpenAI protocol and MCP go through here, so that visibility and authorship are decided once.
"""

from nigao.service.caller.identity import Caller

__all__ = ["Caller"]
