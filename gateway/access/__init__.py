"""Who may do what: named tokens with scopes, kept as digests."""
