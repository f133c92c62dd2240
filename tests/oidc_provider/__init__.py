"""A real OpenID Connect provider, as an organisation would run one: for tests only."""
