"""Identity: credentials, the policy file, and the callers that they stand for."""
