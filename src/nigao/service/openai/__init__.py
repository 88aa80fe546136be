"""The OpenAI protocol: drafting, revising and checking for programs that know nothing but chat completions."""
